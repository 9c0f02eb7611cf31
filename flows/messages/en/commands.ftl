### Telegram's menu: three to five words each.

commands = Commands
    .start = Start or continue
    .help = Help
    .language = Français · العربية · English
    .human = Talk to a person
    .privacy = My data, erase everything
    .stop = Get no more messages
