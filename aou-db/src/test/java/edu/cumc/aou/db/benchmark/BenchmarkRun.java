package edu.cumc.aou.db.benchmark;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What is measured, in a process of its own. The arguments: the server's port, and how many. */
final class BenchmarkRun {

  private static final MirrorState STATE =
      new MirrorState(
          Instant.parse("2026-01-05T11:00:00Z"), Instant.parse("2026-01-05T11:00:00Z"), "mapping");

  private final BenchmarkPeople people;
  private final SqlParticipantSource source;
  private final SqlSyncStore store;

  private BenchmarkRun(BenchmarkPeople people, SqlParticipantSource source, SqlSyncStore store) {
    this.people = people;
    this.source = source;
    this.store = store;
  }

  public static void main(String[] args) throws SQLException {
    String url = "jdbc:h2:tcp://localhost:" + args[0] + "/./";
    BenchmarkPeople people = new BenchmarkPeople(url + "source", Integer.parseInt(args[1]));
    people.create();
    DatabaseSettings from = settings(url + "source").asReadOnly();
    try (SqlParticipantSource source =
            SqlParticipantSource.open(
                new SourceConfig(from, relation("dbo.contacts"), relation("dbo.journeys"), null),
                BenchmarkPeople.KEY);
        SqlSyncStore store = SqlSyncStore.open(settings(url + "store"), "dbo")) {
      store.installer().install(false);
      new BenchmarkRun(people, source, store).measureAll();
    }
  }

  /** The merge of a first load is one statement over all rows. */
  private static DatabaseSettings settings(String url) {
    return DatabaseSettings.of(url)
        .withTimeouts(Duration.ofSeconds(30), Duration.ofHours(2), Duration.ofMinutes(1));
  }

  private static RelationName relation(String name) {
    return RelationName.tryParse(name).orElseThrow();
  }

  /** Work that says how many rows it was. */
  private interface Work {
    long rows() throws SQLException;
  }

  private void measureAll() throws SQLException {
    double bare = measure("bare JDBC, both relations one after the other", people::readBare);
    double sorted =
        measure("bare JDBC, ordered by the PMI ID as it stands", people::readBareOrdered);
    double read = measure("read the source", this::readSource);
    measure("stage Contacts and journeys", this::stageAndKeep);
    measure("merge into the empty mirror", this::merge);
    measure("stage and merge once more, nothing new", this::refreshAgain);
    measure("read the mirror", this::readMirror);
    measure("read both side by side", this::readBoth);
    measure("write ids back, all new", this::writeBack);
    measure("write ids back, nothing new", this::writeBack);
    MeasuredProcess.say(
        String.format(
            Locale.ROOT,
            "Reading the source runs at %.2f of bare JDBC, and at %.2f of bare JDBC with an order. Peak heap of the"
                + " process: %d MB.",
            read / bare,
            read / sorted,
            peakHeap() >> 20));
  }

  private static double measure(String what, Work work) throws SQLException {
    long began = System.nanoTime();
    long rows = work.rows();
    double seconds = (System.nanoTime() - began) / 1e9;
    MeasuredProcess.say(
        what,
        String.valueOf(rows),
        String.format(Locale.ROOT, "%.1f", seconds),
        String.format(Locale.ROOT, "%.0f", rows / Math.max(seconds, 1e-3)));
    return rows / seconds;
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private Cursor<SourceEntry> sourceEntries() {
    return source.read(
        new SourceQuery(
            BenchmarkPeople.KEY,
            people.columns(),
            BenchmarkPeople.KEY,
            people.columns(),
            (contact, journey) -> ParticipantStatus.ACTIVE));
  }

  private long readSource() {
    long rows = 0;
    try (Cursor<SourceEntry> entries = sourceEntries()) {
      while (entries.hasNext()) {
        if (entries.next() instanceof SourceEntry.Found found) {
          rows += found.contactRows() + found.journeyRows();
        }
      }
    }
    return rows;
  }

  private Refresh staged;

  private long stageAndKeep() {
    staged = store.mirror().begin(RefreshKind.FULL);
    return people.stage(staged);
  }

  private long merge() {
    staged.commit(STATE);
    staged.close();
    return 2L * people.number();
  }

  private long refreshAgain() {
    try (Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      long rows = people.stage(refresh);
      refresh.commit(STATE);
      return rows;
    }
  }

  private long readMirror() {
    long rows = 0;
    try (Cursor<MirrorEntry> entries = store.mirror().read()) {
      while (entries.hasNext()) {
        rows += rowsOf(entries.next());
      }
    }
    return rows;
  }

  private static long rowsOf(MirrorEntry entry) {
    return entry.contacts().stream().mapToLong(c -> 1 + c.journeys().size()).sum();
  }

  /** As the planner does it: both are ordered, and nobody is held. */
  private long readBoth() {
    long rows = 0;
    try (Cursor<SourceEntry> inSource = sourceEntries();
        Cursor<MirrorEntry> inMirror = store.mirror().read()) {
      while (inSource.hasNext() && inMirror.hasNext()) {
        SourceEntry.Found found = (SourceEntry.Found) inSource.next();
        MirrorEntry entry = inMirror.next();
        if (!entry.pmiId().equals(found.participant().pmiId())) {
          throw new IllegalStateException("source and mirror are not in one order");
        }
        rows += found.contactRows() + found.journeyRows() + rowsOf(entry);
      }
    }
    return rows;
  }

  private long writeBack() {
    IdCounts counts = store.ids().writeBack();
    return counts.contactPmi() + counts.contactJourney() + counts.relationship();
  }
}
