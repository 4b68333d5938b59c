"""The demonstration world of `demo.yaml`: everything in it is invented. Loaded by `manage.py prepare`."""
