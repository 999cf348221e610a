package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ingest jobs that {@link InMemorySyncStore} knows of. */
final class InMemoryJobTable implements JobTable {

  private record Entry(RunId run, Job job) {}

  private final CallGate gate;
  private final Map<JobId, Entry> jobs = new LinkedHashMap<>();

  InMemoryJobTable(CallGate gate) {
    this.gate = gate;
  }

  @Override
  public void open(RunId run, Job job) {
    gate.counted(() -> jobs.put(job.id(), new Entry(run, job)));
  }

  @Override
  public void setState(JobId job, State state) {
    gate.counted(
        () ->
            jobs.computeIfPresent(
                job,
                (id, e) ->
                    new Entry(
                        e.run(),
                        new Job(
                            id, e.job().object(), e.job().operation(), e.job().rows(), state))));
  }

  @Override
  public List<Job> unfinished(RunId run) {
    return gate.uncounted(
        () ->
            jobs.values().stream()
                .filter(e -> e.run().equals(run) && e.job().state() != State.DONE)
                .map(Entry::job)
                .toList());
  }

  /** Forgets the jobs of a run. The caller holds the gate. */
  void drop(RunId run) {
    jobs.values().removeIf(e -> e.run().equals(run));
  }

  @Override
  public long count(RunId run) {
    return gate.uncounted(() -> jobs.values().stream().filter(e -> e.run().equals(run)).count());
  }
}
