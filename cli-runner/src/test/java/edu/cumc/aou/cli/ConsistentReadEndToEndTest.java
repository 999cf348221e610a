package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.run.RunServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that takes another's place while the source is read, with as many rows as before. */
class ConsistentReadEndToEndTest {

  private static final String STATUS = "dbo.healthpro SET [City] = 'Moved'";

  @TempDir private Path directory;

  @Test
  void rowThatIsAnotherAfterTheReading_isNoticed_andThePlanMadeAgain() {
    try (Site site = new Site(directory, 6)) {
      site.run("init");
      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      Changing[] source = new Changing[1];
      site.edges(
          s -> {
            source[0] = new Changing(s.source(), () -> site.source("UPDATE " + STATUS));
            return new RunServices(
                source[0], s.crm(), s.store(), s.clock(), s.pause(), s.listener());
          });

      Result sync = site.nextMorning("sync");

      assertThat(sync.exitCode()).as(sync.out() + sync.err()).isZero();
      assertThat(source[0].readings).as("the first one was of two states").isEqualTo(2);
      assertThat(sync.err()).contains("the source is being loaded");
      assertThat(
              site.org
                  .records("Contact")
                  .filter(c -> c.containsKey("HP_PMI_ID__c"))
                  .map(c -> c.get("MailingCity")))
          .containsOnly("Moved");
    }
  }

  @Test
  void sourceThatStaysAsItIs_isReadOnce() {
    try (Site site = new Site(directory, 6)) {
      site.run("init");
      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      Changing[] source = new Changing[1];
      site.edges(
          s -> {
            source[0] = new Changing(s.source(), () -> {});
            return new RunServices(
                source[0], s.crm(), s.store(), s.clock(), s.pause(), s.listener());
          });

      assertThat(site.nextMorning("sync").exitCode()).isZero();

      assertThat(source[0].readings).isEqualTo(1);
    }
  }

  /** Does something when the first reading is open, before its first row is taken. */
  private static final class Changing implements ParticipantSource {

    private final ParticipantSource source;
    private final Runnable change;
    private int readings;

    Changing(ParticipantSource source, Runnable change) {
      this.source = source;
      this.change = change;
    }

    @Override
    public Cursor<SourceEntry> read(SourceQuery query) {
      Cursor<SourceEntry> opened = source.read(query);
      if (readings++ == 0) {
        change.run();
      }
      return opened;
    }

    @Override
    public SourceCounts counts() {
      return source.counts();
    }

    @Override
    public SourceCounts counts(SourceQuery query) {
      return source.counts(query);
    }

    @Override
    public SourceColumns columns(SourceRelation relation) {
      return source.columns(relation);
    }

    @Override
    public List<ValueCount> values(SourceRelation relation, String column, int most) {
      return source.values(relation, column, most);
    }

    @Override
    public Map<String, Long> longest(SourceRelation relation, List<String> columns) {
      return source.longest(relation, columns);
    }

    @Override
    public Map<String, TimeCount> times(SourceRelation relation, List<String> columns) {
      return source.times(relation, columns);
    }
  }
}
