import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import com.google.firebase.rules.lang.CompileResult;
import com.google.firebase.rules.lang.FirebaseRulesProtoCompiler;
import com.google.firebase.rules.lang.common.FirebaseRulesLangOptions;
import com.google.firebase.rules.runtime.common.AsyncRuntimeFunction;
import com.google.firebase.rules.runtime.common.EvaluationException;
import com.google.firebase.rules.runtime.common.EvaluationResult;
import com.google.firebase.rules.runtime.evaluators.AuthRuleEvaluator.RuleContext;
import com.google.firebase.rules.runtime.impl.DefaultEvaluator;
import com.google.firebase.rules.runtime.utils.ExpressionValueUtils;
import com.google.firebase.rules.runtime.v1.ExecutionRequest;
import com.google.firebase.rules.runtime.v1.ExecutionResponse;
import com.google.firebase.rules.runtime.v1.ExpressionListValue;
import com.google.firebase.rules.runtime.v1.ExpressionMapValue;
import com.google.firebase.rules.runtime.v1.ExpressionValue;
import com.google.firebase.rules.runtime.v1.RulesetAst;
import com.google.firebase.rules.v1.File;
import com.google.firebase.rules.v1.Issue;
import com.google.firebase.rules.v1.Source;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Evaluates storage.rules for the Storage emulator of firebase-tools, where its own runtime cannot be downloaded. The jar of the
 * Firestore emulator contains Google's rules engine; this program connects it with the protocol of firebase-tools: one JSON value a
 * line on stdin and stdout. Everything runs on the thread that reads stdin.
 */
public final class StorageRulesRuntime {
  /** Held, because a logger that nobody holds loses its level. */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  private static PrintStream out;

  private final Map<String, RulesetAst> rulesets = new HashMap<>();
  private final Map<Long, Verification> running = new HashMap<>();

  public static void main(String[] args) throws IOException {
    out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // Stdout carries nothing but the protocol.
    System.setOut(System.err);
    // firebase-tools reports what comes on stderr as an error.
    ROOT_LOGGER.setLevel(Level.OFF);
    StorageRulesRuntime runtime = new StorageRulesRuntime();
    send(object("id", -1, "status", "ok"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Stdin ends when firebase-tools ends.
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        runtime.handle(JsonParser.parseString(line).getAsJsonObject());
      }
    }
  }

  private void handle(JsonObject request) {
    long id = request.get("id").getAsLong();
    try {
      JsonObject context = request.getAsJsonObject("context");
      if (context == null) {
        // The response to a lookup.
        if (running.containsKey(id)) {
          running.get(id).documentArrived(request);
        }
      } else if (request.get("action").getAsString().equals("load_ruleset")) {
        load(id, context);
      } else {
        running.put(id, new Verification(id));
        running.get(id).start(context);
      }
    } catch (Exception e) {
      running.remove(id);
      JsonObject response = response(id);
      response.getAsJsonArray("errors").add(e.toString());
      send(response);
    }
  }

  private void load(long id, JsonObject context) {
    Source.Builder source = Source.newBuilder();
    for (JsonElement element : context.getAsJsonObject("source").getAsJsonArray("files")) {
      JsonObject file = element.getAsJsonObject();
      source.addFiles(
          File.newBuilder()
              .setName(file.get("name").getAsString())
              .setContent(file.get("content").getAsString()));
    }
    FirebaseRulesLangOptions options =
        FirebaseRulesLangOptions.builder()
            .allowTernaryOperator(true)
            .allowCrossServiceRules(true)
            .build();
    CompileResult compiled =
        FirebaseRulesProtoCompiler.createStandalone(options).compile(source.build());
    JsonObject response = response(id);
    for (Issue issue : compiled.getIssues()) {
      boolean isError = issue.getSeverity() == Issue.Severity.ERROR;
      response.getAsJsonArray(isError ? "errors" : "warnings").add(describe(issue));
    }
    if (!compiled.hasCompilationError()) {
      RulesetAst ruleset = compiled.getRulesetAst();
      rulesets.put(context.get("rulesetName").getAsString(), ruleset);
      int version = ruleset.getVersion() == RulesetAst.Version.VERSION_2 ? 2 : 1;
      response.add("result", object("rulesVersion", version));
    } else if (response.getAsJsonArray("errors").isEmpty()) {
      response.getAsJsonArray("errors").add("The rules did not compile.");
    }
    send(response);
  }

  /** JSON in a string, with the names that firebase-tools looks for. */
  private static String describe(Issue issue) {
    JsonObject position =
        object(
            "fileName_", issue.getSourcePosition().getFileName(),
            "line_", issue.getSourcePosition().getLine());
    return object("description_", issue.getDescription(), "sourcePosition_", position).toString();
  }

  /** One request and the documents that its rules look up. */
  private final class Verification {
    private final long id;
    private final Map<String, SettableFuture<ExpressionValue>> documents = new HashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    /** The lookup on its way. firebase-tools keeps only one per request. */
    private String inFlight;
    private JsonObject answer;

    Verification(long id) {
      this.id = id;
    }

    void start(JsonObject context) throws InvalidProtocolBufferException {
      List<String> path = new ArrayList<>(List.of(context.get("path").getAsString().split("/")));
      path.removeIf(String::isEmpty);
      RuleContext.Builder rule =
          RuleContext.builder()
              .service(context.get("service").getAsString())
              .method(context.get("method").getAsString())
              .path(ExpressionValueUtils.segmentsToPathExpressions(path).getPathValue())
              .listeners(ImmutableList.of())
              .supplyFunction(function("firestore.get", this::document))
              .supplyFunction(function("firestore.exists", this::exists));
      for (Map.Entry<String, JsonElement> variable :
          context.getAsJsonObject("variables").entrySet()) {
        // The protocol uses the JSON form of this message.
        ExpressionValue.Builder value = ExpressionValue.newBuilder();
        JsonFormat.parser().merge(variable.getValue().toString(), value);
        rule.supplyVariable(variable.getKey(), value.build());
      }
      RulesetAst ruleset = rulesets.get(context.get("rulesetName").getAsString());
      Futures.addCallback(
          new DefaultEvaluator(ruleset).evaluate(rule.build()),
          new FutureCallback<EvaluationResult>() {
            @Override
            public void onSuccess(EvaluationResult result) {
              finish(result.permit(), null);
            }

            @Override
            public void onFailure(Throwable error) {
              finish(false, error.getMessage());
            }
          },
          directExecutor());
    }

    /** The document at the path that is the request's argument; null if there is none. */
    private ListenableFuture<ExpressionValue> document(ExecutionRequest request)
        throws EvaluationException {
      ExpressionValue argument = request.getArguments(0);
      if (!ExpressionValueUtils.isPath(argument)) {
        throw EvaluationException.makeTypeError(
            request.getSourcePosition(),
            argument.getKindCase(),
            ExpressionValue.KindCase.PATH_VALUE);
      }
      StringBuilder path = new StringBuilder();
      for (String segment :
          ExpressionValueUtils.getPathSegments(
              request.getSourcePosition(), argument.getPathValue())) {
        path.append('/').append(encode(segment));
      }
      SettableFuture<ExpressionValue> known = documents.get(path.toString());
      if (known != null) {
        return known;
      }
      SettableFuture<ExpressionValue> document = SettableFuture.create();
      documents.put(path.toString(), document);
      waiting.add(path.toString());
      sendNext();
      return document;
    }

    private ListenableFuture<ExpressionValue> exists(ExecutionRequest request)
        throws EvaluationException {
      return Futures.transform(
          document(request),
          found -> ExpressionValueUtils.createValue(!ExpressionValueUtils.isNull(found)),
          directExecutor());
    }

    void documentArrived(JsonObject message) throws ParseException {
      SettableFuture<ExpressionValue> document = documents.get(inFlight);
      inFlight = null;
      if (answer == null) {
        boolean found = message.has("result");
        document.set(
            found ? resource(message.getAsJsonObject("result")) : ExpressionValueUtils.NULL);
      }
      sendNext();
    }

    private void finish(boolean permit, String warning) {
      answer = response(id);
      answer.add("result", object("permit", permit));
      if (warning != null) {
        answer.getAsJsonArray("warnings").add(warning);
      }
      sendNext();
    }

    /** Sends the answer or the next lookup, unless a lookup is on its way: firebase-tools would drop it. */
    private void sendNext() {
      if (inFlight != null) {
        return;
      }
      if (answer == null && !waiting.isEmpty()) {
        inFlight = waiting.remove();
        send(
            object(
                "server_request_id", id,
                "action", "fetch_firestore_document",
                "context", object("path", inFlight)));
      } else if (answer != null && running.remove(id) != null) {
        send(answer);
      }
    }
  }

  /** A segment of a path in a URL. firebase-tools needs the parentheses of `(default)` as they are. */
  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%28", "(")
        .replace("%29", ")");
  }

  /** A document of the Firestore REST API as the rules see it. */
  private static ExpressionValue resource(JsonObject document) throws ParseException {
    String name = document.get("name").getAsString();
    // The name starts with the project: projects/P/databases/D/documents/...
    String[] segments = name.split("/");
    List<String> path = Arrays.asList(segments).subList(2, segments.length);
    return ExpressionValue.newBuilder()
        .setMapValue(
            ExpressionMapValue.newBuilder()
                .putFields("data", map(document.getAsJsonObject("fields")))
                .putFields("id", string(segments[segments.length - 1]))
                .putFields("__name__", ExpressionValueUtils.segmentsToPathExpressions(path)))
        .build();
  }

  /** Knows the types that docs/WIRE.md uses. */
  private static ExpressionValue value(JsonObject typed) throws ParseException {
    Map.Entry<String, JsonElement> entry = typed.entrySet().iterator().next();
    JsonElement value = entry.getValue();
    ExpressionValue.Builder result = ExpressionValue.newBuilder();
    switch (entry.getKey()) {
      case "nullValue":
        return ExpressionValueUtils.NULL;
      case "booleanValue":
        return result.setBoolValue(value.getAsBoolean()).build();
      case "integerValue":
        return result.setIntValue(value.getAsLong()).build();
      case "stringValue":
        return string(value.getAsString());
      case "timestampValue":
        return result.setTimestampValue(Timestamps.parse(value.getAsString())).build();
      case "arrayValue":
        return list(value.getAsJsonObject().getAsJsonArray("values"));
      case "mapValue":
        return map(value.getAsJsonObject().getAsJsonObject("fields"));
      default:
        throw new IllegalArgumentException("The rules runtime knows no " + entry.getKey() + ".");
    }
  }

  /** `values` is absent if the list is empty. */
  private static ExpressionValue list(JsonArray values) throws ParseException {
    ExpressionListValue.Builder list = ExpressionListValue.newBuilder();
    if (values != null) {
      for (JsonElement item : values) {
        list.addValues(value(item.getAsJsonObject()));
      }
    }
    return ExpressionValue.newBuilder().setListValue(list).build();
  }

  /** `fields` is absent if the map is empty. */
  private static ExpressionValue map(JsonObject fields) throws ParseException {
    ExpressionMapValue.Builder map = ExpressionMapValue.newBuilder();
    if (fields != null) {
      for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
        map.putFields(field.getKey(), value(field.getValue().getAsJsonObject()));
      }
    }
    return ExpressionValue.newBuilder().setMapValue(map).build();
  }

  private static ExpressionValue string(String text) {
    return ExpressionValue.newBuilder().setStringValue(text).build();
  }

  private interface Body {
    ListenableFuture<ExpressionValue> apply(ExecutionRequest request) throws EvaluationException;
  }

  private static AsyncRuntimeFunction function(String name, Body body) {
    return new AsyncRuntimeFunction() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ListenableFuture<ExecutionResponse> execute(ExecutionRequest request) {
        try {
          return Futures.transform(
              body.apply(request), ExpressionValueUtils::createResponse, directExecutor());
        } catch (EvaluationException e) {
          return Futures.immediateFailedFuture(e);
        }
      }
    };
  }

  private static JsonObject response(long id) {
    return object(
        "id", id, "status", "ok", "warnings", new JsonArray(), "errors", new JsonArray());
  }

  private static JsonObject object(Object... namesAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.add((String) namesAndValues[i], new Gson().toJsonTree(namesAndValues[i + 1]));
    }
    return object;
  }

  private static void send(JsonObject message) {
    out.println(message);
  }
}
