"""ecvet: the European Credit system for Vocational Education and Training (Recommendation 2009/C 155/02), as values.

The rooms tell the story in order: `qualification`, `correspondence`, `partnership`, `mobility`, `credit`, `credential`.
Everything here is pure: no clock, no chance, no storage, no network; time, keys and salts are arguments.
"""
