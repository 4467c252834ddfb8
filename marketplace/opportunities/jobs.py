from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.opportunities.questions.reminding import list_with_questions, remind_of_questions
from marketplace.opportunities.reminding import list_with_waiting, remind_approvers

# Half past six in the morning in Jakarta, half past eight in Jayapura.
EVERY_MORNING = "30 23 * * *"


@queue.periodic(cron=EVERY_MORNING)
@queue.task(queue="warnings", queueing_lock="remind_approvers", pass_context=False)
def remind_all_approvers(timestamp: int) -> None:
    """Reminds of what has waited for days; one commit an organisation, so that a stop in between repeats nothing."""
    for organisation_id in list_with_waiting():
        remind_approvers(organisation_id, now=clock.now())
        db.session.commit()


@queue.periodic(cron=EVERY_MORNING)
@queue.task(queue="warnings", queueing_lock="remind_of_questions", pass_context=False)
def remind_of_all_questions(timestamp: int) -> None:
    """Reminds of answers that are due; one commit an organisation, so that a stop in between repeats nothing."""
    for organisation_id in list_with_questions():
        remind_of_questions(organisation_id, now=clock.now())
        db.session.commit()
