"""Every read a screen or the API makes: plain values, in the reader's scope."""
