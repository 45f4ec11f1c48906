"""The planning grid: what is asked of it, the ground it stands on, what it may show and who may change what in it.

asked     what a person wants to see, and what they change
shown     pieces of an answer that reading and writing share
views     the views: rows of one grain each, with their measures and levels
ground    rows, hierarchy, units and values of one view in one version, in a person's scope
locks     which measures may be changed here and now, and why not
overrides overrides as rows of the master table, and demand with them in place
"""
