"""What other systems wrote, translated into pieces of ours."""
