"""The register: every member, how to reach them, what they asked us not to do, contacts by other ways."""
