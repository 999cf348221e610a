package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.SalesforceSettings.Builder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options that Salesforce takes as headers, and the room that headers leave in a call. */
class HeadersTest {

  private static final Map<String, Object> FIELDS = Map.of("LastName", "Invented");
  private static final String SAVED = "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true}";

  /** What Salesforce takes of a request's first line and headers together. */
  private static final int MOST = 16_384;

  private static Map<String, String> headers(
      UnaryOperator<Builder> options, String answer, int status, Consumer<Salesforce> call)
      throws IOException {
    try (RawServer server = new RawServer();
        Salesforce salesforce =
            Salesforce.connect(
                options
                    .apply(
                        SalesforceSettings.builder(
                            new SalesforceAuth.ReadySession(Secret.of(Wired.TOKEN), server.uri())))
                    .build())) {
      server.then(status, answer);
      call.accept(salesforce);
      return server.asked().get(0).headers();
    }
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        write("create", 201, SAVED, s -> s.create("Contact", FIELDS)),
        write("update", 204, "", s -> s.update("Contact", new RecordUpdate(Wired.CONTACT, FIELDS))),
        write("upsert", 200, SAVED, s -> s.upsert("Contact", "HP_PMI_ID__c", "P1", FIELDS)),
        write("create all", 200, "[" + SAVED + "]", s -> s.createAll("Contact", List.of(FIELDS))),
        write(
            "update all",
            200,
            "[" + SAVED + "]",
            s -> s.updateAll("Contact", List.of(new RecordUpdate(Wired.CONTACT, FIELDS)))),
        write(
            "composite",
            200,
            "{\"compositeResponse\":[{\"body\":"
                + SAVED
                + ",\"httpStatusCode\":201,"
                + "\"referenceId\":\"a\"}]}",
            s -> s.composite(CompositeRequest.allOrNone().create("a", "Contact", FIELDS))));
  }

  private static Arguments write(
      String name, int status, String answer, Consumer<Salesforce> call) {
    return Arguments.of(name, status, answer, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("writes")
  void options_areHeadersOfEveryWrite(
      String name, int status, String answer, Consumer<Salesforce> call) throws IOException {
    assertThat(
            headers(
                b -> b.autoAssign(true).allowDuplicates(true).clientName("Invented"),
                answer,
                status,
                call))
        .containsEntry("sforce-auto-assign", "TRUE")
        .containsEntry("sforce-duplicate-rule-header", "allowSave=true")
        .containsEntry("sforce-call-options", "client=Invented");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("writes")
  void withoutOptions_rulesOfTheOrgAreLeftAlone(
      String name, int status, String answer, Consumer<Salesforce> call) throws IOException {
    assertThat(headers(b -> b, answer, status, call))
        .containsEntry("sforce-auto-assign", "FALSE")
        .containsEntry("sforce-mru", "updateMru=false")
        .doesNotContainKey("sforce-duplicate-rule-header");
  }

  @Test
  void longestQueryAndLongestDeletion_fitWithTheirHeaders() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}"));
      List<String> names =
          Stream.generate(() -> "Ünerhört, 'invented' + more").limit(2_000).toList();

      List<List<String>> chunks = Soql.chunks(names, Soql.MAX_ENCODED_LENGTH);
      for (List<String> chunk : chunks) {
        wired.salesforce.query(
            Soql.select("Id").from("Contact").where(SoqlCondition.in("LastName", chunk)).text());
      }

      assertThat(chunks).hasSizeGreaterThan(2);
      assertThat(wired.server.asked()).hasSameSizeAs(chunks);
      assertThat(wired.server.asked()).allMatch(asked -> size(asked) < MOST);
      assertThat(wired.server.asked().subList(0, chunks.size() - 1))
          .as("not so short that calls are wasted")
          .allMatch(asked -> size(asked) > MOST / 2);
      wired.server.always(
          RawServer.json(200, "[" + "{\"success\":false},".repeat(199) + "{\"success\":false}]"));
      wired.salesforce.deleteAll(
          Stream.generate(() -> Wired.CONTACT).limit(Salesforce.MAX_COLLECTION).toList());
      assertThat(size(wired.server.asked().get(chunks.size()))).isLessThan(MOST);
    }
  }

  private static int size(RawServer.Asked asked) {
    int headers =
        asked.headers().entrySet().stream()
            .mapToInt(h -> h.getKey().length() + h.getValue().length() + 4)
            .sum();
    return asked.target().length() + headers;
  }
}
