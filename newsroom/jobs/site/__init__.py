"""The site: built, looked at while somebody writes, published and announced."""
