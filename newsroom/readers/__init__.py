"""Those who read the newsletter: who they are, what they agreed to, what we may keep of them."""
