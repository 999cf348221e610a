package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.port.StatusRule;
import edu.cumc.aou.sync.run.RunServices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A value on which our own rules fail, by an error of the virtual machine, in one person's rows.
 */
class PoisonedValueEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PEOPLE = 6;
  private static final String STATUS = "the status";

  @TempDir private Path directory;
  private Site site;
  private String poisoned = "";

  @BeforeEach
  void open() {
    site = new Site(directory, PEOPLE);
    site.run("init");
    site.edges(
        s ->
            new RunServices(
                new PoisonedSource(s.source()),
                s.crm(),
                s.store(),
                s.clock(),
                s.pause(),
                s.listener()));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode run(String... args) throws Exception {
    Result result = site.nextMorning(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isIn(0, 5);
    return JSON.readTree(result.out());
  }

  private List<Object> shown(String object, String field) {
    List<Object> shown = new ArrayList<>();
    site.org.records(object).map(r -> r.get(field)).forEach(shown::add);
    return shown;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Last Name_HP | contact | unreadable:LastName | ",
        "City_HP | contact | unreadable:MailingCity | ",
        "General Consent Status | journey | unreadable:HP_General_Consent_Status__c | ",
        "the status | contact | unreadable | ",
        "Last Name_HP | contact | unreadable:LastName | adoption { enabled = true, owners = [\"005000000000002AAA\"] }",
      })
  void poison_costsItsRecord_onTheFirstLoadAndLater(
      String column, String object, String code, @Nullable String settings) throws Exception {
    site.configure(settings == null ? "" : settings);
    poisoned = column;
    JsonNode load = run("sync", "--initial-load", "--json");
    assertOne(load, object, code);
    poisoned = "";
    assertThat(run("sync", "--json").path("exitCode").asInt()).isZero();
    assertThat(shown("Contact", "HP_PMI_ID__c")).hasSize(PEOPLE);

    poisoned = column;
    site.source(
        "UPDATE dbo.healthpro SET [City] = 'Elsewhere', [General Consent Status] ="
            + " CASE WHEN [General Consent Status] = 1 THEN 0 ELSE 1 END");
    JsonNode later = run("sync", "--json");

    assertOne(later, object, code);
    assertThat(later.at("/contacts/updated").asInt()).isGreaterThanOrEqualTo(PEOPLE - 1);
    poisoned = "";
    assertThat(run("sync", "--json").path("exitCode").asInt()).isZero();
    assertThat(shown("Contact", "MailingCity")).containsOnly("Elsewhere");
  }

  private static void assertOne(JsonNode report, String object, String code) {
    assertThat(report.path("exitCode").asInt()).isEqualTo(5);
    assertThat(report.at("/errors"))
        .filteredOn(e -> e.path("object").asText().equals(object))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.path("code").asText()).isEqualTo(code);
              assertThat(e.path("count").asInt()).isEqualTo(1);
            });
  }

  /** A number that no rule can look at. */
  private static final class Poison extends BigDecimal {
    private static final long serialVersionUID = 1;

    Poison() {
      super("1");
    }

    @Override
    public int signum() {
      throw new StackOverflowError();
    }

    @Override
    public BigDecimal stripTrailingZeros() {
      throw new StackOverflowError();
    }

    @Override
    public BigDecimal setScale(int scale, RoundingMode mode) {
      throw new StackOverflowError();
    }
  }

  /** The source as it is, with poison in the rows of its first participant. */
  private final class PoisonedSource implements ParticipantSource {
    private final ParticipantSource source;

    PoisonedSource(ParticipantSource source) {
      this.source = source;
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

    @Override
    public SourceCounts counts() {
      return source.counts();
    }

    @Override
    public Cursor<SourceEntry> read(SourceQuery query) {
      Cursor<SourceEntry> entries =
          source.read(
              poisoned.equals(STATUS)
                  ? new SourceQuery(
                      query.contactKey(),
                      query.contactColumns(),
                      query.journeyKey(),
                      query.journeyColumns(),
                      new FailingOnce(query.statusRule()))
                  : query);
      boolean[] isFirst = {true};
      return new Cursor<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public SourceEntry next() {
          SourceEntry entry = entries.next();
          if (isFirst[0] && entry instanceof SourceEntry.Found found) {
            isFirst[0] = false;
            Participant person = found.participant();
            return new SourceEntry.Found(
                new Participant(
                    person.pmiId(),
                    poison(person.contact()),
                    poison(person.journey()),
                    person.status()),
                found.contactRows(),
                found.journeyRows());
          }
          return entry;
        }

        @Override
        public void close() {
          entries.close();
        }
      };
    }

    private @Nullable SourceRow poison(@Nullable SourceRow row) {
      if (row == null || !row.columns().contains(poisoned)) {
        return row;
      }
      Object[] values = new Object[row.columns().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.columns().get(i).equals(poisoned) ? new Poison() : row.valueAt(i);
      }
      return new SourceRow(new SourceRow.Header(row.columns()), values);
    }
  }

  /** A rule that fails on the first participant. */
  private static final class FailingOnce implements StatusRule {
    private final StatusRule rule;
    private boolean hasFailed;

    FailingOnce(StatusRule rule) {
      this.rule = rule;
    }

    @Override
    public ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey) {
      if (!hasFailed) {
        hasFailed = true;
        throw new StackOverflowError();
      }
      return rule.statusOf(contact, journey);
    }

    @Override
    public boolean saySame(SourceRow one, SourceRow other) {
      return rule.saySame(one, other);
    }
  }
}
