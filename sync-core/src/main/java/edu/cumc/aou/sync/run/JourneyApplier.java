package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncSettings.BulkSettings;
import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.IngestJobs;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import edu.cumc.aou.sync.port.RecordUpdate;
import edu.cumc.aou.sync.port.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Sends the planned journeys, in key order. */
public final class JourneyApplier {

  private final RunContext context;
  private final RunServices services;
  private final BulkSettings bulk;
  private final RunId run;

  public JourneyApplier(RunContext context) {
    this.context = context;
    this.services = context.services();
    this.bulk = context.settings().bulk();
    this.run = context.run();
  }

  /** Sends all of them. */
  public void apply(long total) {
    sending(total).all(bulk);
  }

  /** Finds out what became of an ingest job of journeys when the run was interrupted. */
  void takeUp(JobTable.Job job) {
    new JobSender<>(sending(job.rows()), bulk).takeUp(job);
  }

  private Sending<JourneyId> sending(long total) {
    WriteMethod<JourneyId> method = new Updates();
    return new Sending<>(
        services,
        run,
        context.lease(),
        context.deadline(),
        method,
        new Answers<>(services, run, SyncStep.APPLY_JOURNEYS, method, total));
  }

  private final class Updates implements WriteMethod<JourneyId> {
    @Override
    public CrmObject object() {
      return CrmObject.JOURNEY;
    }

    @Override
    public Set<Change.Action> actions() {
      return Set.of(Change.Action.UPDATE);
    }

    @Override
    public List<WriteResult<JourneyId>> send(List<Change> batch) {
      return services
          .crm()
          .updateJourneys(
              batch.stream().map(c -> new RecordUpdate<>(idOf(c), c.newValues())).toList());
    }

    @Override
    public IngestJobs.Operation operation() {
      return IngestJobs.Operation.UPDATE;
    }

    @Override
    public IngestJobs.Row row(Change change) {
      return new IngestJobs.Row(idOf(change).value(), change.newValues());
    }

    @Override
    public JourneyId id(String text) {
      return new JourneyId(text);
    }

    @Override
    public void record(List<Change> changes, List<WriteResult.Written<JourneyId>> results) {
      List<WrittenJourney> written = new ArrayList<>();
      for (int i = 0; i < changes.size(); i++) {
        Change change = changes.get(i);
        written.add(
            new WrittenJourney(results.get(i).id(), change.newValues(), SentMarks.of(change)));
      }
      services.store().mirror().recordJourneys(written);
    }

    private JourneyId idOf(Change change) {
      return Objects.requireNonNull(change.journeyId(), "an update names its journey");
    }
  }
}
