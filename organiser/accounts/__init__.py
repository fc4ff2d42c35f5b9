"""The people who sign in, how they prove who they are, and what each may do where."""
