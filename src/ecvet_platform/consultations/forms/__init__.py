"""What people type about a consultation: the office when it asks and replies, stakeholders when they answer."""
