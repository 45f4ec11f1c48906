"""The verbs, by what they are about: inputs, the steps of the month, versions, companies."""
