// Makes a video, waits for it, and saves it. Needs Java 17 or newer, and the key in the variable ⟦key⟧.
⟦?upload⟧
// It uploads the local files that are named below first: run it in their folder.
⟦/⟧
// With a task's id it takes up that task, and creates none: java ⟦file name⟧ TASK_ID

import java.io.IOException;
import java.net.URI;
⟦?id⟧
import java.net.URLEncoder;
⟦/⟧
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
⟦?upload⟧
import java.nio.file.InvalidPathException;
⟦/⟧
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
⟦?upload⟧
import java.util.UUID;
⟦/⟧

public class Main {
    static final String KEY = System.getenv("⟦key⟧");
    static final HttpClient CLIENT = HttpClient.newHttpClient();
⟦!file⟧
    static final String BODY = ⟦body⟧;
⟦/⟧
⟦?upload⟧
    // The local files that BODY names: what stands for each, where it is, the name it gets at the gateway, and its type.
    static final String[][] FILES = {
⟦files⟧    };
⟦/⟧

    public static void main(String[] arguments) throws Exception {
        if (KEY == null || KEY.isEmpty()) fail("⟦key⟧ has to hold the key.");
        String task = arguments.length > 0 ? arguments[0] : create();
        System.err.println("task " + task);
        Path file = Path.of("wan-" + task.replaceAll("[^\\w-]", "_") + ".mp4");
        long pause = ⟦first⟧;
        int refused = 0;
        for (int polls = 0; polls < ⟦polls⟧ && refused < 3; polls++) {
            Thread.sleep(pause * 1000);
            Reply told = ask(task);
            pause = Math.max(⟦interval⟧, told.retryAfter);
            boolean answered = told.status >= 200 && told.status < 300;
            String word = answered ? told.pick(⟦state⟧).toUpperCase() : "";
⟦?trouble⟧
            // An attempt that failed is not the end where the gateway goes on.
            boolean attempt = !told.pick(⟦attempt⟧).isEmpty() || Set.of(⟦failed⟧, ⟦late⟧).contains(word);
            boolean ended = attempt && !Set.of(⟦done⟧).contains(word) && !told.pick(⟦ended⟧).isEmpty();
            if (told.answer instanceof Map<?, ?> map && map.containsKey(⟦ended⟧) && map.get(⟦ended⟧) == null) {
                word += " (unfinished)";
            } else if (answered && !Set.of(⟦running⟧).contains(word) && (ended || !told.pick(⟦trouble⟧).isEmpty())) {
                word = "FAILED";
            }
            if (attempt && !Set.of(⟦failed⟧, ⟦done⟧).contains(word)) {
                System.err.println("An attempt failed, and the gateway goes on: " + told);
            }
⟦/⟧
            if (Set.of(⟦failed⟧).contains(word)) fail("The task failed: " + told);
⟦?link⟧
            if (Set.of(⟦done⟧).contains(word) && download(told.pick(⟦links⟧), file, false)) {
⟦/⟧
⟦!link⟧
            if (Set.of(⟦done⟧).contains(word) && download(⟦content⟧, file, true)) {
⟦/⟧
                System.out.println(file);
                return;
            }
            System.err.println(word.isEmpty() ? told : word);
            boolean denied = told.status >= 400 && told.status < 500 && !Set.of(408, 425, 429).contains(told.status);
            if (denied || Set.of(⟦lost⟧).contains(word)) refused++;
            else if (!word.isEmpty()) refused = 0;
        }
        fail("Nothing is known of how the task ends. To ask again: java ⟦file name⟧ '" + task + "'");
    }

    static void fail(String why) {
        System.err.println(why);
        System.exit(1);
    }

    /** The id of a new task. This costs money: it is sent once. */
    static String create() throws Exception {
⟦?file⟧
        String body = Files.readString(Path.of(⟦body file⟧));
        Reply made = call("POST", ⟦url⟧, body, null⟦headers⟧);
⟦/⟧
⟦?plain⟧
        Reply made = call("POST", ⟦url⟧, BODY, null⟦headers⟧);
⟦/⟧
⟦?upload⟧
        Reply made = call("POST", ⟦url⟧, linked(), null⟦headers⟧);
⟦/⟧
        String task = made.pick(⟦id⟧);
        if (task.isEmpty()) {
            if (made.status < 400 || made.status >= 500 || Set.of(408, 409, 425, 499).contains(made.status)) {
                System.err.println("It may have been created and billed all the same: look before you run this again.");
            }
            fail("No task: " + made);
        }
        return task;
    }

⟦?upload⟧
    /** The body with links in place of local files. */
    static String linked() throws Exception {
        String body = BODY;
        for (String[] file : FILES) {
            String link = upload(file[1], file[2], file[3]).replace("\\", "\\\\").replace("\"", "\\\"");
            body = body.replace(" " + file[0], " \"" + link + '"');
        }
        return body;
    }

    /** The link of a local file, once it lies at the gateway. This costs nothing. */
    static String upload(String path, String name, String type) throws Exception {
        byte[] content = {};
        try {
            content = Files.readAllBytes(Path.of(path));
        } catch (IOException | InvalidPathException error) {
            fail("No upload of " + path + ": " + error);
        }
        String boundary = "wan" + UUID.randomUUID();
        String formType = "multipart/form-data; boundary=" + boundary;
        Duration patience = Duration.ofMinutes(10);
⟦/⟧
⟦?policy⟧
        Reply asked = call("GET", ⟦upload url⟧, "", Duration.ofMinutes(1));
        String store = given(asked, "upload_host", "");
        String folder = given(asked, "upload_dir", "");
        if (store.isEmpty() || folder.isEmpty()) fail("No upload of " + path + ": " + asked);
        if (!store.contains("://")) store = "https://" + store;
        String place = folder.replaceAll("/+$", "") + "/" + name;
        var form = form(boundary, content, name, type, new String[] {⟦parts⟧
        });
        // The store takes the policy in place of the key.
        Reply sent = send("POST", store, form, patience, null, "Content-Type", formType);
        if (!Set.of(200, 201, 204).contains(sent.status)) fail("No upload of " + path + ": " + sent);
        return "oss://" + place;
    }

    /** A member of the policy, or else this. */
    static String given(Reply asked, String member, String otherwise) {
        String found = asked.pick("data." + member, "output." + member, member);
        return found.isEmpty() ? otherwise : found;
    }

⟦/⟧
⟦?undocumented⟧
        // No public document of the gateway describes this call.
⟦/⟧
⟦?form⟧
        var form = form(boundary, content, name, type, new String[] {⟦parts⟧
        });
        Reply sent = send("POST", ⟦upload url⟧, form, patience, KEY, "Content-Type", formType);
        String link = sent.pick(⟦answer⟧);
        if (!link.startsWith("https://")) fail("No upload of " + path + ": " + sent);
        return link;
    }

⟦/⟧
⟦?upload⟧
    /** A form with these fields, and then the file. */
    static BodyPublisher form(String boundary, byte[] content, String name, String type, String[] fields) {
        String part = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"";
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            head.append(part).append(fields[i]).append("\"\r\n\r\n").append(fields[i + 1]).append("\r\n");
        }
        head.append(part).append("file\"; filename=\"").append(name).append("\"\r\nContent-Type: ").append(type).append("\r\n\r\n");
        var end = BodyPublishers.ofString("\r\n--" + boundary + "--\r\n");
        return BodyPublishers.concat(BodyPublishers.ofString(head.toString()), BodyPublishers.ofByteArray(content), end);
    }

⟦/⟧
    static Reply ask(String task) throws Exception {
        Duration minute = Duration.ofMinutes(1);
⟦?post⟧
        String id = '"' + task.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return call("POST", ⟦query⟧, ⟦ask before⟧ + id + ⟦ask after⟧, minute⟦query headers⟧);
⟦/⟧
⟦!post⟧
        return call("GET", ⟦query⟧, "", minute);
⟦/⟧
    }

    static Reply call(String method, String url, String body, Duration timeout, String... headers) throws Exception {
        var content = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return send(method, url, content, timeout, KEY, headers);
    }

    /** Sends it, without a key if that is null. */
    static Reply send(String method, String url, BodyPublisher body, Duration timeout, String key, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).method(method, body);
        if (key != null) request.header("Authorization", "Bearer " + key);
        if (timeout != null) request.timeout(timeout);
        if (headers.length > 0) request.headers(headers);
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            String after = response.headers().firstValue("Retry-After").orElse("");
            return new Reply(response.statusCode(), response.body(), after.matches("\\d{1,5}") ? Math.min(Long.parseLong(after), 3600) : 0);
        } catch (IOException error) {
            return new Reply(0, error.toString(), 0);
        }
    }

⟦?id⟧
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

⟦/⟧
    /** Whether the video was saved. The key goes to the gateway only, not to where that may point. */
    static boolean download(String url, Path file, boolean withKey) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url));
            if (withKey) request.header("Authorization", "Bearer " + KEY);
            var response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            var location = response.headers().firstValue("Location");
            try (var body = response.body()) {
                if (response.statusCode() / 100 == 3 && location.isPresent()) {
                    return download(URI.create(url).resolve(location.get()).toString(), file, false);
                }
                if (response.statusCode() != 200) throw new IOException("the video: HTTP " + response.statusCode());
                Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
                return true;
            }
        } catch (IOException | IllegalArgumentException error) {
            System.err.println(error);
        }
        return false;
    }

    /** An answer; the status is 0 where none came. */
    static class Reply {
        final int status;
        final String text;
        final long retryAfter;
        final Object answer;

        Reply(int status, String text, long retryAfter) {
            this.status = status;
            this.text = text;
            this.retryAfter = retryAfter;
            this.answer = Json.read(text);
        }

        /** The first of these places at which the answer has something. */
        String pick(String... places) {
            for (String place : places) {
                Object found = answer;
                for (String name : place.split("\\.")) found = found instanceof Map<?, ?> map ? map.get(name) : null;
                if (found != null && !found.equals("")) return found.toString();
            }
            return "";
        }

        /** What the gateway says is wrong. */
        @Override
        public String toString() {
            String told = (pick(⟦code⟧) + " " + pick(⟦message⟧)).strip();
            return "HTTP " + status + " " + (told.isEmpty() ? text.substring(0, Math.min(300, text.length())) : told);
        }
    }

    /** Reads JSON, for which the JDK has nothing: objects and lists as maps, everything else as text. */
    static class Json {
        private final String text;
        private int at = 0;

        private Json(String text) {
            this.text = text;
        }

        static Object read(String text) {
            try {
                return new Json(text).value();
            } catch (RuntimeException notJson) {
                return null;
            }
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) at++;
            return text.charAt(at);
        }

        private Object value() {
            char first = next();
            if (first == '"') return string();
            if (first == '{' || first == '[') return members(first == '{');
            int start = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0) at++;
            if (at == start) throw new IllegalArgumentException();
            String word = text.substring(start, at);
            return word.equals("null") ? null : word;
        }

        private Map<String, Object> members(boolean named) {
            Map<String, Object> members = new HashMap<>();
            at++;
            while (next() != (named ? '}' : ']')) {
                String name = named ? string() : "" + members.size();
                if (named && next() == ':') at++;
                members.put(name, value());
                if (next() == ',') at++;
            }
            at++;
            return members;
        }

        private String string() {
            StringBuilder out = new StringBuilder();
            if (next() != '"') throw new IllegalArgumentException();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    int control = "bfnrt".indexOf(c);
                    if (control >= 0) c = "\b\f\n\r\t".charAt(control);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    }
                }
                out.append(c);
            }
            at++;
            return out.toString();
        }
    }
}
