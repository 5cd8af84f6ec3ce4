"""The site's pages: each an address, a template, and a view with all that the template may see."""
