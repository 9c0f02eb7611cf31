home-menu = Votre inscription est faite. Que puis-je faire pour vous ?
    .update_profile = Voir mon profil
    .my_data = Mes données
    .change_language = Langue
    .talk_to_human = Parler à une personne
    .delete_data = Tout effacer
    .retry = Choisissez dans la liste, ou dites en quelques mots ce que vous voulez.
    .help = Ici, vous pouvez voir et corriger vos réponses, changer de langue, parler à une personne ou tout effacer.
