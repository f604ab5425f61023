"""``wecom``: the client's calls from a shell, for people and for scripts.

`wecom_cli.app` says what the commands are called, a module each does what one of them is for, and everything that they
print goes through `wecom_cli.output`. What only some commands need is imported by them: the help must not wait for the
HTTP library.
"""
