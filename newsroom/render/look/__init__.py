"""The look: colours, typefaces, the style sheet."""
