"""The house: settings, addresses, page frame, components, languages, health, and the command `ecvet up`.

It stands above all rooms and may import any of them; no room imports the shell. What rooms need from the frame comes
as templates (`shell/page.html`, `shell/components.html`) and from `ecvet_platform.people.doors`.
"""
