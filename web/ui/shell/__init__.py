"""What all pages of our own share: header, colours, sign-in state, and the way in which they are served."""
