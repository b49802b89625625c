"""Credentials as statements (RDF), for proofs that sign what is said and not how it is written.

`terms` reads the pinned vocabularies; `direct` turns a credential of a usual form into statements; `general` does the
same for every form, with a JSON-LD processor, and refuses whatever it would drop; `canonical` puts statements in order.
"""
