### Le menu de Telegram : trois à cinq mots chacun.

commands = Commandes
    .start = Commencer ou reprendre
    .help = Aide
    .language = Français · العربية · English
    .human = Parler à une personne
    .privacy = Mes données, tout effacer
    .stop = Ne plus recevoir de messages
