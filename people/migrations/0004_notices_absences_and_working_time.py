import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_audit_entry_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='waits_for_work',
            field=models.BooleanField(default=False, verbose_name='in working hours only'),
        ),
        migrations.AddField(
            model_name='user',
            name='mail_choice',
            field=models.CharField(choices=[('at_once', 'a letter at once'), ('daily', 'one letter a day'), ('portal', 'only in the portal')], default='at_once', max_length=10, verbose_name='letters'),
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='at')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                ('made_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='who is away')),
            ],
            options={
                'verbose_name': 'absence',
                'verbose_name_plural': 'absences',
                'ordering': ('starts_on', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_ends_after_it_starts', violation_error_message='The last day cannot come before the first.'), models.CheckConstraint(condition=models.Q(('deputy', models.F('user')), _negated=True), name='absence_deputy_is_somebody_else', violation_error_message='Nobody stands in for themselves. Choose a colleague.')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='The same event never writes twice.', max_length=200, unique=True, verbose_name='key')),
                ('kind', models.SlugField(max_length=40, verbose_name='kind')),
                ('tone', models.CharField(choices=[('info', 'for your information'), ('good', 'good news'), ('wait', 'something to do'), ('bad', 'urgent')], default='info', max_length=10, verbose_name='tone')),
                ('title', models.CharField(max_length=300, verbose_name='sentence')),
                ('text', models.TextField(blank=True, verbose_name='more words')),
                ('instead_of', models.CharField(blank=True, max_length=200, verbose_name='instead of')),
                ('url', models.CharField(help_text='The address within the portal.', max_length=300, verbose_name='page')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='written')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('mailed_at', models.DateTimeField(null=True, verbose_name='mailed')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ('-created_at', '-pk'),
                'indexes': [models.Index(fields=['user', '-created_at'], name='notice_of_person'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='notice_unread')],
            },
        ),
        migrations.CreateModel(
            name='SpecialDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('is_working', models.BooleanField(default=False, help_text='Empty: a day off.', verbose_name='a working day')),
                ('title', models.CharField(help_text='For example: Day of the district.', max_length=120, verbose_name='name')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='special_days', to='people.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'special day',
                'verbose_name_plural': 'special days',
                'ordering': ('-day', 'organization'),
                'constraints': [models.UniqueConstraint(fields=('organization', 'day'), name='special_day_once_per_body')],
            },
        ),
        migrations.CreateModel(
            name='WorkHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday')], verbose_name='weekday')),
                ('starts', models.TimeField(verbose_name='from')),
                ('ends', models.TimeField(verbose_name='to')),
                ('lunch_starts', models.TimeField(blank=True, null=True, verbose_name='lunch from')),
                ('lunch_ends', models.TimeField(blank=True, null=True, verbose_name='lunch to')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_hours', to='people.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'working hours',
                'verbose_name_plural': 'working hours',
                'ordering': ('organization', 'weekday'),
                'constraints': [models.UniqueConstraint(fields=('organization', 'weekday'), name='work_hours_once_per_weekday'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='work_hours_end_after_they_start', violation_error_message='The working day cannot end before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('lunch_ends__isnull', True), ('lunch_starts__isnull', True)), models.Q(('ends__gte', models.F('lunch_ends')), ('lunch_ends__gt', models.F('lunch_starts')), ('lunch_ends__isnull', False), ('lunch_starts__gte', models.F('starts')), ('lunch_starts__isnull', False)), _connector='OR'), name='work_hours_lunch_within_the_day', violation_error_message='Lunch lies within the working day: give both its beginning and its end.')],
            },
        ),
    ]
