"""Links to other sites: found in the texts, asked for, and told of when they lead nowhere."""
