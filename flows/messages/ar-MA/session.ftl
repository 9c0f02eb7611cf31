### جلسة محددة: التذكير والتأخر والإلغاء، وما يقال عنها بعد ذلك.

session-booked = تم تحديد الموعد مع { $partner }: { $when }.
session-moved = تغير الموعد مع { $partner }: { $when }.
session-clock = تغيرت الساعة الرسمية. موعدكم مع { $partner }: { $when }.
session-where = { $where ->
        [link] الرابط: { $link }
        [phone] الاتصال: { $phone }
        [voice] للمكالمة، تبادلوا الأرقام: «القائمة» ثم «تبادل الأرقام».
        [in_person] لقاء مباشر: اتفقوا على المكان هنا («القائمة» ثم «كتابة رسالة»).
       *[text] تتراسلون هنا («القائمة» ثم «كتابة رسالة»).
    }
session-calendar = لمفكرتكم: { $link }
    .summary = جلسة مواكبة مع { $partner }
session-displaced = تغيرت الساعة الرسمية، وصار موعدكم مع { $partner } في وقت موعد آخر. يلزمه وقت جديد.
session-tomorrow = تذكير بموعدكم.
session-soon = اقترب موعدكم.
reminder-answer =
    مع { $partner }: { $when }. هل ستحضرون؟
    { $where ->
        [link] الرابط: { $link }
        [phone] الاتصال: { $phone }
       *[none] { "" }
    }
    .coming = سأحضر
    .retry = أجيبوا برقم: 1 إذا كنتم ستحضرون.
    .help = إذا تأخرتم أو تعذر عليكم الحضور، قولوا ذلك هنا ليصل فورا إلى { $partner }.
reminder-told = ممتاز، جلسة موفقة مع { $partner }!
session-late = وصل الخبر إلى { $partner }.
session-told-late = تأخر بسيط عند { $partner }، ومعه اعتذار ورجاء بالانتظار.
    .minutes = تأخر عند { $partner } مدته { $minutes ->
        [zero] { $minutes } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $minutes } دقائق
        [many] { $minutes } دقيقة
       *[other] { $minutes } دقيقة
    }، مع رجاء بالانتظار.
session-list = { $sessions ->
        [zero] مواعيدكم:
        [one] موعدكم:
        [two] موعداكم:
        [few] مواعيدكم:
        [many] مواعيدكم:
       *[other] مواعيدكم:
    }
session-item = • { $partner }: { $when } { $where ->
        [link] · { $link }
        [phone] · { $phone }
       *[none] { "" }
    }
session-change = للتغيير: «تغيير الموعد» أو «إلغاء الموعد».
session-waiting = في انتظار جواب { $partner } عن { $when }.
session-none = لا موعد لكم حاليا. لتحديد موعد: «حجز موعد».
cancelling-which = أي موعد تريدون إلغاءه؟
    .retry = أجيبوا برقم من اللائحة.
    .help = يمكنكم أيضا تغييره: «تغيير الموعد».
cancelling-sure = هل نلغي الموعد مع { $partner } ({ $day })؟
    .yes = نعم، إلغاء
    .no = لا، يبقى قائما
    .retry = أجيبوا 1 للإلغاء، 2 لإبقاء الموعد، 3 لتغييره.
    .help = يصل الخبر فورا إلى { $partner }. ويمكنكم أيضا تغيير الموعد.
cancelling-why = ما السبب؟ سأنقله ببساطة إلى { $partner }.
    .busy = أمر طارئ
    .ill = سبب صحي
    .line = لا توجد شبكة
    .other = سبب آخر
    .retry = اختاروا رقما، أو «تخطي».
    .help = كلمة تكفي، و«تخطي» إذا لم تريدوا ذكر سبب.
cancelling-kept = جيد، الموعد مع { $partner } قائم: { $when }.
cancelling-void = لم يعد هذا الموعد مبرمجا.
session-cancelled = ألغي الموعد من طرف { $partner } ({ $day }).
    .busy = ألغي الموعد من طرف { $partner } ({ $day }): أمر طارئ.
    .ill = ألغي الموعد من طرف { $partner } ({ $day }): سبب صحي.
    .line = ألغي الموعد من طرف { $partner } ({ $day }): لا توجد شبكة.
    .other = ألغي الموعد من طرف { $partner } ({ $day }).
    .mine = ألغي الموعد مع { $partner } ({ $day })، ووصل الخبر إلى الطرف الآخر.
held-took_place = هل انعقدت جلستكم مع { $partner } ({ $day })؟
    .yes = نعم
    .no = لا
    .retry = أجيبوا بـ«نعم» أو «لا».
    .help = نسأل كلا منكما، ولا يظهر جوابكم عند { $partner }.
held-why = ماذا حدث؟ يبقى هذا بيننا.
    .them = لم يحضر الطرف الآخر
    .me = تعذر علي الحضور
    .both = أجلناها معا
    .retry = أجيبوا 1 أو 2 أو 3.
    .help = لا يظهر جوابكم عند { $partner }. ولا لوم على مرة واحدة.
held-rating = هل كانت الجلسة مفيدة لكم، من 1 (لا) إلى 5 (كثيرا)؟
    .r1 = لا
    .r2 = قليلا
    .r3 = إلى حد ما
    .r4 = مفيدة
    .r5 = كثيرا
    .retry = أجيبوا برقم من 1 إلى 5، أو «تخطي».
    .help = يبقى تقييمكم بيننا.
held-learnt = في جملة واحدة، بماذا خرجتم منها؟ لا يظهر ذلك عند { $partner }.
    .field = ما تعلمتموه
    .retry = قولوا ذلك ببضع كلمات، أو «تخطي».
    .help = مثلا: أن أحسب وقتي ضمن الثمن.
held-step = وما خطوتكم التالية قبل الجلسة المقبلة؟
    .field = الخطوة
    .retry = قولوا ذلك ببضع كلمات، أو «تخطي».
    .help = أمر بسيط، مثلا: الاتصال بثلاثة زبناء.
held-due = متى؟ سأذكركم بها.
    .field = التاريخ
    .retry = قولوا يوما، مثلا: الجمعة، أو يوم 12.
    .help = يكفي ذكر اليوم، و«تخطي» إذا لم تريدوا تذكيرا.
held-thanks = شكرا، سجلت ذلك.
held-sorry = شكرا على إخباري. لتحديد ساعة أخرى: «حجز موعد».
session-thanks = شكرا، سجلت ذلك.
next_step-done = كنتم قد قررتم: «{ $step }». هل تم ذلك؟
    .yes = تم
    .later = ليس بعد
    .drop = أتركها
    .retry = أجيبوا 1 إذا تم، 2 إذا لم يتم بعد، 3 لتركها.
    .help = هذا تذكير لكم وحدكم، لا يراه غيركم.
next_step-well = أحسنتم! يمكنكم الحديث عنه في الجلسة المقبلة.
next_step-again = لا داعي للعجلة. سأسألكم بعد أيام.
next_step-dropped = حسنا، لنترك ذلك.
