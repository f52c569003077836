"""ragtool: quarterly performance reports for councils, Excel in and Excel out."""

__version__ = "0.1.0"
