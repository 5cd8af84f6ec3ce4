"""The doctor: looks at everything that mail and site stand on, and says what to mend."""
