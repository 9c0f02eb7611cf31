### الانضمام كموجه، وأخذ استراحة.

mentor-consent =
    شكرا على رغبتكم في نقل خبرتكم! أنا المساعد الآلي لبرنامج Mentoring MeM (الاتحاد العام لمقاولات المغرب ومؤسسة كونراد أديناور). التوجيه عمل تطوعي.
    لأقترحكم على شخص ما، أحتفظ برقمكم وأجوبتكم ورسائلنا. يقرؤها الفريق، ولا يرى ذلك الشخص سوى اسمكم الأول ونبذة عنكم. وتمر عبر خدمات بالخارج (القانون 09-08). لوقف الرسائل: «توقف». لمسح كل شيء: «مسح معطياتي».
    هل توافقون؟
    .field = الموافقة
    .agree = أوافق
    .refuse = لا شكرا
    .retry = لنبدأ، أحتاج موافقتكم على الاحتفاظ بأجوبتكم: نعم أم لا؟
    .help = تفيد أجوبتكم في اقتراحكم على الشخص المناسب. لرؤيتها: «معطياتي». لمسح كل شيء: «مسح معطياتي». هل توافقون؟ أجيبوا بـ«نعم» أو «لا».
mentor-refused = حسنا. لا أحتفظ بشيء سوى أثر رفضكم. الباب يبقى مفتوحا.
mentor-name = ما اسمكم؟
    .field = الاسم
    .retry = اكتبوا اسمكم الأول، مع اسم العائلة إن أردتم، مثلا: أمينة بنعلي.
    .help = لن يرى من ترافقونه سوى اسمكم الأول.
mentor-address_form = كيف تفضلون أن نخاطبكم؟
    .field = المخاطبة
    .f = السيدة
    .m = السيد
    .retry = أجيبوا 1 للسيدة، 2 للسيد، أو «تخطي».
    .help = لكي يخاطبكم الفريق كما تحبون.
mentor-place = في أي مدينة تعيشون، في المغرب أو خارجه؟
    .field = المدينة
    .retry = لم أجد هذا المكان. اكتبوا أقرب مدينة كبيرة، مثلا: ميونيخ.
    .help = المدينة تحدد توقيتكم المحلي، وتتيح اللقاء بشخص قريب منكم.
mentor-experience = في جملة واحدة، ما هي خبرتكم؟ سيقرؤها من أقترحكم عليه.
    .field = الخبرة
    .retry = قولوا ذلك ببضع كلمات، مثلا: 15 سنة في تصدير النسيج إلى ألمانيا.
    .help = مثلا: أسست ثلاثة مطاعم في الدار البيضاء وأدرتها.
mentor-sectors = أي قطاعات تعرفون؟ ثلاثة على الأكثر، مثلا: 1 6.
    .field = القطاعات
    .crafts = الصناعة التقليدية
    .commerce = التجارة والخدمات
    .agriculture = الفلاحة
    .agro_industry = الصناعات الغذائية
    .tourism = السياحة والمطاعم
    .textile = النسيج والموضة
    .construction = البناء
    .digital = المجال الرقمي
    .education = التعليم
    .other = قطاع آخر
    .automobile = { onboarding-sector.automobile }
    .materials = { onboarding-sector.materials }
    .real_estate = { onboarding-sector.real_estate }
    .electricity = { onboarding-sector.electricity }
    .energy = { onboarding-sector.energy }
    .mechanics = { onboarding-sector.mechanics }
    .plastics = { onboarding-sector.plastics }
    .leather = { onboarding-sector.leather }
    .chemistry = { onboarding-sector.chemistry }
    .pharma = { onboarding-sector.pharma }
    .mining = { onboarding-sector.mining }
    .fisheries = { onboarding-sector.fisheries }
    .aquaculture = { onboarding-sector.aquaculture }
    .forest_paper = { onboarding-sector.forest_paper }
    .aerospace = { onboarding-sector.aerospace }
    .transport = { onboarding-sector.transport }
    .health = { onboarding-sector.health }
    .training = { onboarding-sector.training }
    .culture = { onboarding-sector.culture }
    .media = { onboarding-sector.media }
    .banking = { onboarding-sector.banking }
    .finance = { onboarding-sector.finance }
    .insurance = { onboarding-sector.insurance }
    .consulting = { onboarding-sector.consulting }
    .export = { onboarding-sector.export }
    .environment = { onboarding-sector.environment }
    .social_economy = { onboarding-sector.social_economy }
    .retry = اختاروا من رقم إلى ثلاثة، مثلا: 1 6.
    .help = اختاروا الأقرب إلى مساركم، أو «قطاع آخر».
mentor-skills = في أي شيء يمكنكم المساعدة؟ خمسة اختيارات على الأكثر، مثلا: 1 3 8.
    .field = المهارات
    .finance = المالية / المحاسبة
    .marketing = التسويق
    .sales = المبيعات / الزبناء
    .digital = الأدوات الرقمية
    .legal = القانون / الضرائب
    .hr = الفريق / التوظيف
    .operations = التنظيم
    .export = التصدير
    .fundraising = التمويل
    .strategy = الاستراتيجية
    .retry = اختاروا من رقم إلى خمسة، مثلا: 1 3 8.
    .help = ما أنجزتموه بأنفسكم أثمن مما درستموه.
mentor-stages = في أي مراحل تحبون المرافقة؟ يمكن اختيار أكثر من مرحلة.
    .field = المراحل
    .idea = فكرة
    .launched_informal = بدأ دون تسجيل
    .registered = مقاولة مسجلة
    .growing = في نمو
    .retry = أجيبوا برقم أو أكثر، مثلا: 1 2.
    .help = اختاروا المراحل التي تفيد فيها خبرتكم أكثر.
mentor-languages = بأي لغات يمكنكم المرافقة؟ يمكن اختيار أكثر من لغة.
    .field = اللغات
    .ary = الدارجة
    .ar = العربية
    .fr = الفرنسية
    .en = الإنجليزية
    .ber = الأمازيغية
    .retry = أجيبوا برقم أو أكثر، مثلا: 1 3.
    .help = ستتحدثون مع الشخص بإحدى هذه اللغات.
mentor-meet = كيف يمكنكم التواصل؟ يمكن اختيار أكثر من طريقة، مثلا: 1 4.
    .field = التواصل
    .voice = مكالمة صوتية
    .video = مكالمة فيديو
    .in_person = لقاء مباشر
    .text = رسائل مكتوبة
    .retry = أجيبوا برقم أو أكثر، مثلا: 1 4.
    .help = كثير من المقاولين لديهم شبكة ضعيفة: تكفي مكالمة أو رسائل.
mentor-availability = متى تكونون متفرغين في الأسبوع، بتوقيتكم؟ اختاروا، أو قولوا مثلا: «الخميس مساء».
    .field = أوقات الفراغ
    .weekday_morning = صباح أيام الأسبوع
    .weekday_afternoon = بعد ظهر أيام الأسبوع
    .weekday_evening = مساء أيام الأسبوع
    .saturday = السبت
    .sunday = الأحد
    .retry = أجيبوا بأرقام، أو مثلا: السبت صباحا.
    .help = هذا مجرد مؤشر؛ سنؤكد معكم كل موعد.
mentor-capacity = كم شخصا تودون مرافقتهم في الوقت نفسه؟ احسبوا ساعتين في الشهر لكل شخص.
    .field = الأماكن
    .c1 = 1
    .c2 = 2
    .c3 = 3
    .c4 = 4
    .retry = أجيبوا برقم من 1 إلى 4.
    .help = مرافقة شخص واحد جيدا أفضل. يمكنكم تغيير ذلك في أي وقت.
mentor-network = هل أنتم أعضاء في جامعة مهنية أو شبكة أو جمعية؟ ما اسمها؟
    .field = الشبكة
    .retry = اكتبوا اسمها ببضع كلمات، أو «تخطي».
    .help = مثلا: CGEM أو AFEM أو غرفة تجارة. هذا ليس ضروريا: «تخطي».
mentor-prefers = من تفضلون مرافقته؟
    .field = التفضيل
    .women = النساء
    .near = قرب مكان سكني
    .rural = مدن صغيرة وقرى
    .anyone = لا فرق عندي
    .retry = اختاروا رقما، أو «تخطي».
    .help = هذا تفضيل وليس وعدا.
mentor-prepared =
    قبل أن تبدؤوا، ثلاث قواعد:
    • الاستماع أولا، دون مقاطعة.
    • طرح الأسئلة بدل إعطاء الحل.
    • لا بيع ولا وعود.
mentor-conduct =
    هذا ميثاق السلوك. أحتفظ لنفسي بما يقال لي. لا أبيع شيئا ولا أقرض مالا ولا أعد بوظيفة. أصرح بتضارب المصالح. أحترم الجميع. أخبر مسبقا إذا تعذر علي الحضور.
    هل تقبلونه؟
    .field = ميثاق السلوك
    .agree = أقبله
    .refuse = لا
    .retry = هل تقبلون ميثاق السلوك؟ نعم أم لا.
    .help = هذه القواعد تحمي الطرفين. يمكن التبليغ عن أي مشكل في أي وقت وبسرية.
mentor-no_conduct = حسنا. دون هذا الميثاق لا أستطيع أن أقترحكم على أحد. اكتبوا «موظف» إذا أردتم الحديث عن ذلك.
mentor-check = هذا ما فهمته. هل كل شيء صحيح؟
    .field = التحقق
    .retry = أجيبوا بـ«نعم» إذا كان كل شيء صحيحا، أو قولوا ما يتغير: «تغيير المدينة».
    .help = أجيبوا بـ«نعم» لننهي. للتصحيح: «تغيير المدينة».
mentor-unfinished = شكرا على رغبتكم في نقل خبرتكم! بقيت أسئلة قبل أن أقترحكم على شخص ما. هذا هو السؤال التالي. «توقف» إذا لم تعودوا تريدون رسائل.
mentor-done = شكرا لكم! سيقرأ الفريق تسجيلكم ويجيبكم هنا، عادة خلال ثلاثة أيام عمل. ثم أقترح عليكم شخصا.
mentor-saved = تم الحفظ، شكرا لكم.
mentor-approved = خبر سار: أصبحتم من موجهي Mentoring MeM! حالما يفكر فيكم شخص، أعرض عليكم مشروعه دون اسمه، والقرار لكم. لأخذ استراحة، اكتبوا «استراحة».
mentor-declined = شكرا مرة أخرى على عرضكم. لا يستطيع الفريق قبوله حاليا. للحديث عن ذلك، اكتبوا «موظف».
mentor-state = موجه
    .pending = ما زال الفريق يقرأ تسجيلكم كموجه وسيجيبكم هنا.
    .approved = أنتم من موجهي البرنامج: حالما يفكر فيكم شخص، أكتب لكم. لتغيير أجوبتكم، اكتبوا «ملفي».
    .declined = لم يستطع الفريق قبول عرضكم حاليا. للحديث عن ذلك، اكتبوا «موظف».
mentor_pause-weeks = كم من الوقت لا تريدون طلبا جديدا؟
    .w2 = أسبوعان
    .w4 = 4 أسابيع
    .w12 = 3 أشهر
    .back = لقد عدت
    .retry = اختاروا رقما، أو قولوا مثلا: «3 أسابيع»، «حتى 15 دجنبر».
    .help = من ترافقونهم يبقون معكم؛ ولن أقترح عليكم شخصا جديدا.
mentor_pause-paused = { $dated ->
        [yes] سجلت ذلك: لا طلب جديد حتى { DATETIME($day, dateStyle: "long") }.
       *[no] سجلت ذلك: لا طلب جديد (المدة: { $span }).
    } للعودة قبل ذلك: «لقد عدت».
mentor_pause-returned = يسعدنا أن تعودوا! سأفكر فيكم من جديد.
mentor-mentees = الأماكن المأخوذة: { $taken } من { $places }.
mentor-mentee = • { $who }، منذ { DATETIME($since, dateStyle: "long") }{ $hasgoal ->
        [yes] . الهدف: «{ $goal }»
       *[no] { "" }
    }
mentor-asked = { $count ->
        [zero] لا طلب ينتظر جوابكم.
        [one] طلب واحد ينتظر جوابكم.
        [two] طلبان ينتظران جوابكم.
        [few] { $count } طلبات تنتظر جوابكم.
        [many] { $count } طلبا ينتظر جوابكم.
       *[other] { $count } طلب ينتظر جوابكم.
    }
mentor-resting = أنتم في استراحة حتى { DATETIME($day, dateStyle: "long") }.
mentor_pause-over = انتهت استراحتكم: أفكر فيكم من جديد. لتمديدها، قولوا مثلا: «استراحة أسبوعين».
mentor_profiles-which = أي ملف تريدون رؤيته؟
    .retry = أجيبوا 1 أو 2.
    .help = لديكم ملفان: ملف مشروعكم، وملفكم كموجه.
