package edu.cumc.aou.simulator.kit;

import static edu.cumc.aou.simulator.kit.AskedOrg.DATA;
import static edu.cumc.aou.simulator.kit.AskedOrg.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;

/** Rules of Bulk API 2.0. */
final class JobRules {
  private static final String JOBS = DATA + "/jobs/ingest/";
  private static final String INSERT = "{\"object\":\"Contact\",\"operation\":\"insert\"}";

  private JobRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(20, "states go forward only", JobRules::forward),
        new Rule(21, "a job takes one upload", JobRules::oneUpload),
        new Rule(22, "line endings are those of the job", JobRules::lineEndings),
        new Rule(22, "a refused header fails the job", JobRules::header),
        new Rule(23, "results say what became of each row", JobRules::results),
        new Rule(31, "a job's id may stand beside its state", JobRules::idBesideState),
        new Rule(31, "an upload of no bytes completes its job", JobRules::noBytes),
        new Rule(35, "one Id twice in a job fails its rows", JobRules::idTwice),
        new Rule(51, "jobs are stamped in whole seconds", JobRules::stamps),
        new Rule(51, "result headers quote what the job adds", JobRules::quotes));
  }

  private static HttpResponse<String> state(AskedOrg org, String id, String state) {
    return org.write("PATCH", JOBS + id, "{\"state\":\"" + state + "\"}");
  }

  private static void forward(AskedOrg org) {
    String id = org.openJob(INSERT);
    assertThat(state(org, id, "Aborted").statusCode()).isEqualTo(200);
    assertThat(state(org, id, "UploadComplete").statusCode()).isEqualTo(400);
    assertThat(org.delete(JOBS + id).statusCode()).isEqualTo(204);
  }

  private static void oneUpload(AskedOrg org) {
    String id = org.openJob(INSERT);
    assertThat(org.upload(id, "LastName\n" + org.name() + "\n").statusCode()).isEqualTo(201);
    assertThat(org.upload(id, "LastName\n" + org.name() + "\n").statusCode()).isEqualTo(400);
    state(org, id, "Aborted");
    org.delete(JOBS + id);
  }

  private static void lineEndings(AskedOrg org) {
    String id = org.job("Contact", "insert", "LastName\r\n" + org.name() + "\r\n");
    JsonNode job = org.await(id);
    assertThat(job.path("state").asText()).isEqualTo("Failed");
    assertThat(job.path("errorMessage").asText()).contains("LineEnding is invalid on user data");
  }

  private static void header(AskedOrg org) {
    JsonNode job =
        org.await(org.job("Contact", "insert", "LastName,Nobody__c\n" + org.name() + ",x\n"));
    assertThat(job.path("state").asText()).isEqualTo("Failed");
    assertThat(job.path("errorMessage").asText()).contains("Field name not found : Nobody__c");
    assertThat(job.path("numberRecordsProcessed").asInt()).isZero();
  }

  private static void results(AskedOrg org) {
    String id = org.job("Contact", "insert", "LastName,FirstName\n" + org.name() + ",Ann\n,Ben\n");
    assertThat(org.await(id).path("state").asText()).isEqualTo("JobComplete");
    assertThat(org.results(id, "successfulResults")).hasSize(2);
    assertThat(org.results(id, "failedResults")).hasSize(2);
    assertThat(org.results(id, "failedResults").get(1))
        .contains("REQUIRED_FIELD_MISSING:")
        .contains(":LastName --");
  }

  private static void idBesideState(AskedOrg org) {
    String id = org.openJob(INSERT);
    HttpResponse<String> answer =
        org.write("PATCH", JOBS + id, "{\"id\":\"" + id + "\",\"state\":\"Aborted\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    org.delete(JOBS + id);
  }

  private static void noBytes(AskedOrg org) {
    String id = org.job("Contact", "insert", "");
    JsonNode job = org.await(id);
    assertThat(job.path("state").asText()).isEqualTo("JobComplete");
    assertThat(job.path("numberRecordsProcessed").asInt()).isZero();
  }

  private static void idTwice(AskedOrg org) {
    String contact = org.contact("");
    String id = org.job("Contact", "update", "Id,Title\n" + contact + ",a\n" + contact + ",b\n");
    assertThat(String.join("\n", org.results(id, "failedResults"))).contains("DUPLICATE_VALUE");
  }

  private static void stamps(AskedOrg org) {
    String id = org.openJob(INSERT);
    JsonNode job = json(org.get(JOBS + id));
    assertThat(job.path("createdDate").asText()).endsWith(".000+0000");
    assertThat(job.path("systemModstamp").asText()).endsWith(".000+0000");
    state(org, id, "Aborted");
    org.delete(JOBS + id);
  }

  private static void quotes(AskedOrg org) {
    String id = org.job("Contact", "insert", "LastName,FirstName\n" + org.name() + ",Ann\n");
    assertThat(org.results(id, "successfulResults").get(0))
        .isEqualTo("\"sf__Id\",\"sf__Created\",LastName,FirstName");
    assertThat(org.results(id, "failedResults").get(0))
        .isEqualTo("\"sf__Id\",\"sf__Error\",LastName,FirstName");
  }
}
