### Ce qui peut partir hors des 24 heures de WhatsApp, une fois approuvé : une ligne, un mot avant et après chaque variable.

template-waiting = Bonjour, un message au sujet de votre accompagnement vous attend dans Mentoring MeM. Pour le recevoir, répondez ou touchez Lire.
    .read = Lire
template-unfinished = Bonjour, votre inscription à Mentoring MeM n'est pas encore terminée ; vos réponses sont gardées. Pour la finir, répondez ou touchez Continuer. Pour ne plus rien recevoir, répondez STOP.
    .read = Continuer
template-session_tomorrow = Petit rappel de Mentoring MeM : votre rendez-vous avec { $partner } est prévu { $when }. Si vous ne pouvez pas venir, dites-le simplement ici.
template-session_soon = Votre rendez-vous avec { $partner } approche : { $when }. Si vous avez du retard, dites-le ici. Bonne séance !
template-announcement = Bonjour, le programme Mentoring MeM a une annonce pour vous : « { $title } ». Pour la recevoir, répondez ou touchez Lire. Pour ne plus rien recevoir : STOP.
    .read = Lire
    .stop = STOP
