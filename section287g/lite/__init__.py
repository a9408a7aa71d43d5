"""The labs as a site that runs them in a browser, with Python in it (JupyterLite): no installation and no account.

``parts`` brings Python for a browser, ``package`` makes this project's own package for it, ``site`` puts all of it
together, and ``serve`` shows it on this machine. ``pyodide.json`` holds the files of Pyodide (Python for browsers) that
the labs need, with their sums: those of packages as in the official lock file of its release, in the same form.
"""
