package edu.cumc.aou.sync.port;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A journal in memory that checks what every write must keep to: no outcome without the row having
 * been told as under way, permission before each write, no job that runs beside another.
 */
public final class RecordingJournal implements WriteJournal {

  final Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
  final List<JobId> jobs = new ArrayList<>();
  final List<String> failedJobs = new ArrayList<>();
  final Set<String> underWay = new LinkedHashSet<>();
  final Set<JobId> open = new LinkedHashSet<>();
  private final Set<JobId> running = new LinkedHashSet<>();
  private final RuntimeException refusal = new IllegalStateException("no leave to go on");
  private int leave = Integer.MAX_VALUE;
  private int waits = Integer.MAX_VALUE;

  /** Gives leave to write so many times. */
  RecordingJournal leave(int times) {
    leave = times;
    return this;
  }

  /** Gives leave to wait so many times. */
  RecordingJournal waits(int times) {
    waits = times;
    return this;
  }

  /** Takes over what another process kept. */
  RecordingJournal expecting(List<String> keys) {
    underWay.addAll(keys);
    return this;
  }

  @Override
  public void sending(List<String> keys) {
    assertThat(keys).doesNotHaveDuplicates();
    underWay.addAll(keys);
  }

  @Override
  public void jobOpened(JobId job, List<String> keys) {
    assertThat(keys).doesNotHaveDuplicates();
    jobs.add(job);
    open.add(job);
    underWay.addAll(keys);
  }

  @Override
  public void jobStarting(JobId job) {
    assertThat(open).contains(job);
    assertThat(running).as("jobs at the same time").isEmpty();
    running.add(job);
  }

  @Override
  public void jobProgress(JobId job, long processed) {
    assertThat(running).contains(job);
  }

  @Override
  public void jobEnded(JobId job) {
    assertThat(running).contains(job);
    running.remove(job);
  }

  @Override
  public void jobOver(JobId job) {
    open.remove(job);
    running.remove(job);
  }

  @Override
  public void jobFailed(JobId job, String code) {
    failedJobs.add(code);
  }

  @Override
  public void outcomes(List<RowResult> told) {
    for (RowResult row : told) {
      assertThat(underWay).as("rows under way").contains(row.key());
      if (!(row.outcome() instanceof WriteOutcome.NotWritten again && again.goesAgain())) {
        underWay.remove(row.key());
      }
      outcomes.put(row.key(), row.outcome());
    }
  }

  @Override
  public void toWrite() {
    if (leave-- <= 0) {
      throw refusal;
    }
  }

  @Override
  public void toWait() {
    if (waits-- <= 0) {
      throw refusal;
    }
  }

  @Override
  public void toWaitFor(Duration wait) {}

  @Override
  public Duration every() {
    return Duration.ofSeconds(2);
  }

  /** Whether this is what the journal threw. */
  boolean isRefusal(Throwable thrown) {
    return thrown == refusal;
  }

  /** Checks that nothing was left open, and gives the last words. */
  public Map<String, WriteOutcome> settled() {
    assertThat(underWay).isEmpty();
    assertThat(open).isEmpty();
    return Collections.unmodifiableMap(outcomes);
  }
}
