"""The page that explains a number, beside the page it stands on."""
