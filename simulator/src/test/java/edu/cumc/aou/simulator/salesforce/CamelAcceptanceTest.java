package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.dto.bulkv2.Job;
import org.apache.camel.component.salesforce.api.dto.bulkv2.JobStateEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.Jobs;
import org.apache.camel.component.salesforce.api.dto.bulkv2.OperationEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.QueryJob;
import org.apache.camel.component.salesforce.api.dto.composite.SObjectBatch;
import org.apache.camel.component.salesforce.api.dto.composite.SObjectBatchResponse;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Apache Camel's component for Salesforce works with the simulator as it is published. */
@Timeout(120)
class CamelAcceptanceTest {
  @RegisterExtension static final ClientMatrix MATRIX = ClientMatrix.of("camel-salesforce");

  private final SalesforceSimulator org = MATRIX.simulator().start();
  private final SimpleCamelContext camel = new SimpleCamelContext();

  @AfterEach
  void close() {
    camel.stop();
    org.close();
  }

  private ProducerTemplate client(SalesforceLoginConfig login) {
    login.setLoginUrl(org.url());
    SalesforceComponent salesforce = new SalesforceComponent();
    salesforce.setLoginConfig(login);
    salesforce.setConfig(new SalesforceEndpointConfig());
    salesforce.getConfig().setRawPayload(true);
    camel.addComponent("salesforce", salesforce);
    camel.start();
    return camel.createProducerTemplate();
  }

  private ProducerTemplate byClientCredentials() {
    SalesforceLoginConfig login = new SalesforceLoginConfig();
    login.setType(AuthenticationType.CLIENT_CREDENTIALS);
    login.setClientId(org.credentials().clientId());
    login.setClientSecret(org.credentials().clientSecret());
    return client(login);
  }

  @Test
  void records_areWrittenReadAndDeleted() throws Exception {
    ProducerTemplate client = byClientCredentials();

    String id =
        ask(
                client,
                "createSObject?sObjectName=Contact",
                "{\"LastName\":\"Muster\",\"HP_PMI_ID__c\":\"P000000001\"}")
            .path("id")
            .asText();
    ask(
        client,
        "upsertSObject?sObjectName=Contact&sObjectIdName=HP_PMI_ID__c&sObjectIdValue=P000000001",
        "{\"LastName\":\"Master\"}");

    assertThat(
            ask(client, "query?sObjectQuery=RAW(SELECT Id, LastName FROM Contact)", "")
                .at("/records/0/LastName")
                .asText())
        .isEqualTo("Master");
    assertThat(
            ask(client, "getSObject?sObjectName=Contact&sObjectId=" + id, "")
                .path("LastName")
                .asText())
        .isEqualTo("Master");
    assertThat(ask(client, "limits", "").has("DailyApiRequests")).isTrue();
    assertThat(ask(client, "getDescription?sObjectName=Contact", "").path("name").asText())
        .isEqualTo("Contact");
    client.requestBody("salesforce:deleteSObject?sObjectName=Contact&sObjectId=" + id, "");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void manyRecords_areDeletedInOneCall() throws Exception {
    ProducerTemplate client = byClientCredentials();
    String first = created(client, "Muster");
    String second = created(client, "Meyer");

    List<?> results =
        client.requestBodyAndHeader(
            "salesforce:compositeDeleteSObjectCollections",
            null,
            "sObjectIds",
            List.of(first, second),
            List.class);

    assertThat(results).hasSize(2);
    assertThat(org.records("Contact")).isEmpty();
  }

  private String created(ProducerTemplate client, String name) throws Exception {
    return ask(client, "createSObject?sObjectName=Contact", "{\"LastName\":\"" + name + "\"}")
        .path("id")
        .asText();
  }

  @Test
  void bulkJob_isDone() throws Exception {
    ProducerTemplate client = byClientCredentials();
    Job job = new Job();
    job.setObject("Contact");
    job.setOperation(OperationEnum.INSERT);

    Job created = client.requestBody("salesforce:bulk2CreateJob", job, Job.class);
    Map<String, Object> named = Map.of("jobId", created.getId());
    client.requestBodyAndHeaders(
        "salesforce:bulk2CreateBatch",
        new ByteArrayInputStream("LastName\nMuster\nMeyer\n".getBytes(StandardCharsets.UTF_8)),
        named);
    client.requestBodyAndHeaders("salesforce:bulk2CloseJob", null, named);
    Job done = client.requestBodyAndHeaders("salesforce:bulk2GetJob", null, named, Job.class);
    try (InputStream results =
        client.requestBodyAndHeaders(
            "salesforce:bulk2GetSuccessfulResults", null, named, InputStream.class)) {
      assertThat(new String(results.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"Muster\"", "\"Meyer\"");
    }

    assertThat(done.getState()).isEqualTo(JobStateEnum.JOB_COMPLETE);
    assertThat(org.records("Contact")).hasSize(2);
  }

  @Test
  void batchesDeletedRecordsAndLists_areAnswered() throws Exception {
    ProducerTemplate client = byClientCredentials();
    String version = SalesforceEndpointConfig.DEFAULT_VERSION;
    String id =
        ask(client, "createSObject?sObjectName=Contact", "{\"LastName\":\"Muster\"}")
            .path("id")
            .asText();
    client.requestBody(
        "salesforce:updateSObject?sObjectName=Contact&sObjectId=" + id, "{\"Title\":\"x\"}");
    assertThat(ask(client, "getVersions", "").isArray()).isTrue();

    SObjectBatch batch = new SObjectBatch(version);
    batch.addLimits();
    batch.addQuery("SELECT Id FROM Contact");
    SObjectBatchResponse answers =
        client.requestBody(
            "salesforce:composite-batch?rawPayload=false", batch, SObjectBatchResponse.class);
    assertThat(answers.hasErrors()).isFalse();

    ask(client, "createSObject?sObjectName=Contact", "{\"LastName\":\"Many\"}");
    client.requestBody("salesforce:deleteSObject?sObjectName=Contact&sObjectId=" + id, "");
    assertThat(
            ask(client, "queryAll?sObjectQuery=RAW(SELECT Id FROM Contact)", "")
                .path("totalSize")
                .asInt())
        .isEqualTo(2);

    QueryJob query = new QueryJob();
    query.setOperation(OperationEnum.QUERY);
    query.setQuery("SELECT LastName FROM Contact");
    QueryJob asked = client.requestBody("salesforce:bulk2CreateQueryJob", query, QueryJob.class);
    Map<String, Object> named = Map.of("jobId", asked.getId());
    client.requestBodyAndHeaders("salesforce:bulk2GetQueryJob", null, named, QueryJob.class);
    try (InputStream results =
        client.requestBodyAndHeaders(
            "salesforce:bulk2GetQueryJobResults", null, named, InputStream.class)) {
      assertThat(new String(results.readAllBytes(), StandardCharsets.UTF_8)).contains("\"Many\"");
    }

    Job job = new Job();
    job.setObject("Contact");
    job.setOperation(OperationEnum.INSERT);
    Job created = client.requestBody("salesforce:bulk2CreateJob", job, Job.class);
    Map<String, Object> jobId = Map.of("jobId", created.getId());
    client.requestBodyAndHeaders("salesforce:bulk2AbortJob", null, jobId);
    assertThat(client.requestBody("salesforce:bulk2GetAllJobs", null, Jobs.class).getRecords())
        .extracting(Job::getId)
        .contains(created.getId());
    client.requestBodyAndHeaders("salesforce:bulk2DeleteJob", null, jobId);
  }

  private static JsonNode ask(ProducerTemplate client, String what, String body) throws Exception {
    String answer = client.requestBody("salesforce:" + what, body, String.class);
    return new ObjectMapper().readTree(answer == null || answer.isEmpty() ? "{}" : answer);
  }
}
