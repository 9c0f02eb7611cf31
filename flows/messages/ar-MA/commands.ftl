### لائحة أوامر Telegram: من ثلاث إلى خمس كلمات.

commands = الأوامر
    .start = البدء أو الاستئناف
    .help = مساعدة
    .language = Français · العربية · English
    .human = الحديث مع شخص
    .privacy = معطياتي، مسح كل شيء
    .stop = عدم استقبال الرسائل
