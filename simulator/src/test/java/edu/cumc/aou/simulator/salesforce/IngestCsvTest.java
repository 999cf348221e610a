package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.BulkCaller.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestCsvTest {
  private final SalesforceSimulator org =
      SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private final Caller caller = Caller.loggedIn(org);
  private final BulkCaller bulk = new BulkCaller(caller);

  @AfterEach
  void close() {
    org.close();
  }

  private JsonNode insert(String dialect, String csv) {
    String job = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"" + dialect + "}");
    return bulk.run(job, csv);
  }

  private static void assertFailed(JsonNode job, String message) {
    assertThat(job.path("state").asText()).isEqualTo("Failed");
    assertThat(job.path("errorMessage").asText()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {"COMMA!,", "TAB!\\t", "PIPE!|", "SEMICOLON!;", "CARET!^", "BACKQUOTE!`"})
  void delimiters_areThoseOfTheJob(String name, String escaped) {
    String delimiter = escaped.equals("\\t") ? "\t" : escaped;
    String csv = "LastName,Phone\n\"a,b\",1\n".replace(",", delimiter);
    JsonNode job = insert(",\"columnDelimiter\":\"" + name + "\"", csv);

    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("JobComplete");
    assertThat(org.records("Contact").map(contact -> contact.get("LastName")))
        .containsExactly("a" + delimiter + "b");
    assertThat(bulk.lines(job.path("id").asText(), "failedResults").get(0))
        .isEqualTo("\"sf__Id\",\"sf__Error\",LastName,Phone".replace(",", delimiter));
  }

  @Test
  void quotedValues_mayHoldQuotesDelimitersAndLines() {
    insert("", "LastName,MailingStreet\n\"O\"\"Hara, \",\"1 Main\nApt. 2\"\n");

    assertThat(org.records("Contact"))
        .singleElement()
        .satisfies(
            contact ->
                assertThat(contact)
                    .containsEntry("LastName", "O\"Hara,")
                    .containsEntry("MailingStreet", "1 Main\nApt. 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LastName\r\nA\r\n", "LastName,Phone\nA,\"1\r\n2\"\n", "LastName\rA\r"})
  void lineEndings_areThoseOfTheJob_withinValuesToo(String csv) {
    assertFailed(
        insert("", csv),
        "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF");
  }

  @Test
  void crlf_isTheLineEndingOfItsJobs() {
    assertFailed(
        insert(",\"lineEnding\":\"CRLF\"", "LastName\nA\n"),
        "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is"
            + " CRLF");
    JsonNode job =
        insert(
            ",\"lineEnding\":\"CRLF\"",
            "LastName,MailingStreet\r\n\"A\",\"1\r\n2\"\r\nB,\"3\"\r\n");

    assertThat(job.path("numberRecordsProcessed").asInt()).isEqualTo(2);
    assertThat(caller.get(JOBS + "/" + job.path("id").asText() + "/failedResults").body())
        .isEqualTo("\"sf__Id\",\"sf__Error\",LastName,MailingStreet\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "~LastName\nA\"B\n~!Found unescaped quote. A value with quote should be within a quote",
        "~LastName\n \"B\"\n~!Found unescaped quote. A value with quote should be within a quote",
        "~\uFEFF\"LastName\"\nB\n~!Found unescaped quote. A value with quote should be within a"
            + " quote",
        "~LastName\n\"B\n~!EOF reached before closing an opened quote",
        "~LastName\n\"B\"\"\n~!EOF reached before closing an opened quote",
        "~LastName,Phone\n\"B\" ,1\n~!Not expecting more text after end quote",
      })
  void quotes_encloseWholeValues(String csv, String reason) {
    assertFailed(insert("", csv), "InvalidBatch : Failed to parse CSV. " + reason);
    assertThat(org.records("Contact")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " "})
  void emptyData_isRefused(String csv) {
    assertFailed(insert("", csv), "InvalidBatch : Records not found");
  }

  @Test
  void jobWithoutData_fails() {
    String job = bulk.createUpsert();
    bulk.state(job, "UploadComplete");

    assertFailed(bulk.job(job), "InvalidBatch : Records not found");
  }

  @Test
  void lengths_areLimited() {
    assertFailed(
        insert("", "LastName\n" + "x".repeat(131_073) + "\n"),
        "InvalidBatch : Failed to parse CSV. Exceeded max length of a field in line 2, which is"
            + " 131072");
    String cell = "x".repeat(131_000);
    String record = cell + "," + cell + "," + cell + "," + cell + "\n";
    assertThat(insert("", "A,B,C,D\n" + record).path("errorMessage").asText())
        .startsWith("InvalidBatch : Failed to parse CSV. Exceeded max length for one record: 52");
    assertThat(insert("", "x,".repeat(16_001) + "\n").path("errorMessage").asText())
        .endsWith("less than or equal to 32000");
    assertThat(insert("", ",".repeat(5_000) + "\n").path("errorMessage").asText())
        .endsWith("Number of columns should be less than or equal to 5000");
  }

  @Test
  void rows_mayBeShorterThanTheHeader_butNotLonger() {
    JsonNode job = insert("", "LastName,Phone\nA\nB,1,2\nC,3\n");

    assertThat(job.path("numberRecordsFailed").asInt()).isEqualTo(1);
    assertThat(bulk.lines(job.path("id").asText(), "failedResults").get(1))
        .contains("INVALID_ARGUMENT:The row has 3 values for 2 columns");
    assertThat(org.records("Contact").map(contact -> contact.get("LastName")))
        .containsExactly("A", "C");
  }
}
