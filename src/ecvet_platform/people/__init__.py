"""Users, their roles in institutions, sign-in and language; and what every door needs to know who stands before it."""
