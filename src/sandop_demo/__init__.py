"""The two companies Sandop is shown with: an invented pump maker, and real medicines with an invented supply side.

`companies.companies()` names them, `earlier.one_month_earlier` turns a plan back by a month,
`vintages.add_vintages` makes its past forecasts by running them.
"""
