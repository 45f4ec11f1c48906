"""`python -m sandop_web.command` is `sandop-web`."""

from sandop_web.command import main

if __name__ == "__main__":
    main()
