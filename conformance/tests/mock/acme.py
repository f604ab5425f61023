"""A small company in a file, with a member whose id a shell would read otherwise."""

COMPANY = """\
corpid: wwacme
apps:
- {name: crm, secret: very-secret}
members: [o'neil]
customers:
- {external_userid: wm1, followed_by: [o'neil]}
"""
