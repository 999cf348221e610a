package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.RowResult;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creates are answered by position. Here two answers of a call come in each other's place. */
class ExchangedAnswersEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void anOrgThatKnowsNoUniquePmiId() {
    site = new Site(directory, 20, false, org -> org.pmiFieldUnique(false));
    site.run("init");
    site.edges(
        services ->
            new RunServices(
                services.source(),
                exchanging(Crm.class, services.crm()),
                services.store(),
                services.clock(),
                services.pause(),
                services.listener()));
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** Wraps a port. Its writes report exchanged ids to the journal. */
  private static <T> T exchanging(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(method, port, exchanged(method, arguments))));
  }

  private static Object[] exchanged(Method method, Object[] arguments) {
    if (method.getName().equals("write")) {
      int last = arguments.length - 1;
      arguments[last] = exchanging(WriteJournal.class, (WriteJournal) arguments[last]);
    } else if (method.getName().equals("outcomes")) {
      arguments[0] = exchange((List<?>) arguments[0]);
    }
    return arguments;
  }

  private static List<RowResult> exchange(List<?> told) {
    List<RowResult> outcomes = new ArrayList<>();
    told.forEach(o -> outcomes.add((RowResult) o));
    if (outcomes.size() >= 2
        && outcomes.get(0).outcome() instanceof Written first
        && outcomes.get(1).outcome() instanceof Written second
        && first.created()) {
      outcomes.set(0, new RowResult(outcomes.get(0).key(), second));
      outcomes.set(1, new RowResult(outcomes.get(1).key(), first));
    }
    return outcomes;
  }

  private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void createdContacts_areMatchedByTheirPmiId_notByThePlaceOfTheirAnswer() throws Exception {
    JsonNode report = JSON.readTree(site.run("sync", "--initial-load", "--json").out());

    assertThat(report.path("exitCode").asInt()).as(report.toString()).isZero();
    int inserted = report.path("contacts").path("inserted").asInt();
    assertThat(inserted).isGreaterThan(10);
    try (SyncStore store = site.openStore()) {
      WriteRows rows = WriteRows.done(store.changes(), new RunId(1), CrmObject.CONTACT);
      while (rows.hasNext()) {
        Change row = rows.next();
        String id = Objects.requireNonNull(row.contactId()).value();
        assertThat(site.record("Contact", id)).containsEntry("HP_PMI_ID__c", row.pmiId().value());
      }
    }
    site.edges(services -> services);
    JsonNode next = JSON.readTree(site.nextMorning("sync", "--json").out());
    assertThat(next.path("exitCode").asInt()).isZero();
    assertThat(next.path("planned")).isEmpty();
    assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")))
        .hasSize(inserted);
  }
}
