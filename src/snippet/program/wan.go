// Makes a video, waits for it, and saves it. Needs Go 1.18 or newer, and the key in the variable ⟦key⟧.
⟦?upload⟧
// It uploads the local files that are named below first: run it in their folder.
⟦/⟧
// With a task's id it takes up that task, and creates none: go run ⟦file name⟧ TASK_ID
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
⟦?upload⟧
	"mime/multipart"
⟦/⟧
	"net/http"
⟦?upload⟧
	"net/textproto"
⟦/⟧
⟦?id⟧
	"net/url"
⟦/⟧
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

⟦!file⟧
const body = ⟦body⟧

⟦/⟧
⟦?upload⟧
// The local files that body names: what stands for each, where it is, the name it gets at the gateway, and its media type.
var files = [][4]string{
⟦files⟧}

⟦/⟧
var key = os.Getenv("⟦key⟧")

// reply is an answer: as JSON, as far as it is that, and as it came. The status is 0 where none came.
type reply struct {
	status     int
	answer     any
	text       string
	retryAfter int
}

func fail(why ...any) {
	fmt.Fprintln(os.Stderr, why...)
	os.Exit(1)
}

func call(timeout time.Duration, method, address, body string, headers ...string) reply {
	return send(timeout, method, address, body, append(headers, "Authorization", "Bearer "+key)...)
}

func send(timeout time.Duration, method, address, body string, headers ...string) reply {
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return reply{text: err.Error()}
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	noRedirect := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client := http.Client{Timeout: timeout, CheckRedirect: noRedirect}
	response, err := client.Do(request)
	if err != nil {
		return reply{text: err.Error()}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{text: err.Error()}
	}
	r := reply{status: response.StatusCode, text: string(text)}
	if r.retryAfter, _ = strconv.Atoi(response.Header.Get("Retry-After")); r.retryAfter > 3600 {
		r.retryAfter = 3600
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if decoder.Decode(&r.answer) != nil {
		r.answer = nil
	}
	return r
}

// pick is the first of these places at which the answer has something.
func (r reply) pick(places ...string) string {
	for _, place := range places {
		found := r.answer
		for _, name := range strings.Split(place, ".") {
			switch value := found.(type) {
			case map[string]any:
				found = value[name]
			case []any:
				found = nil
				if i, err := strconv.Atoi(name); err == nil && i < len(value) {
					found = value[i]
				}
			default:
				found = nil
			}
		}
		if found != nil && found != "" {
			return fmt.Sprint(found)
		}
	}
	return ""
}

// String is what the gateway says is wrong.
func (r reply) String() string {
	told := strings.TrimSpace(r.pick(⟦code⟧) + " " + r.pick(⟦message⟧))
	if told == "" {
		told = fmt.Sprintf("%.300s", r.text)
	}
	return fmt.Sprintf("HTTP %d %s", r.status, told)
}

// create is the id of a new task. This costs money: it is sent once.
func create() string {
⟦?file⟧
	body, err := os.ReadFile(⟦body file⟧)
	if err != nil {
		fail(err)
	}
⟦/⟧
⟦?upload⟧
	body := linked()
⟦/⟧
	made := call(0, "POST", ⟦url⟧, string(body)⟦headers⟧)
	task := made.pick(⟦id⟧)
	if task == "" {
		switch {
		case made.status >= 400 && made.status < 500 && made.status != 408 && made.status != 409 && made.status != 425 && made.status != 499:
		default:
			fmt.Fprintln(os.Stderr, "It may have been created and billed all the same: look before you run this again.")
		}
		fail("No task:", made)
	}
	return task
}

⟦?upload⟧
// linked is the body with links in place of local files.
func linked() string {
	whole := body
	for _, file := range files {
		link, _ := json.Marshal(upload(file[1], file[2], file[3]))
		whole = strings.ReplaceAll(whole, " "+file[0], " "+string(link))
	}
	return whole
}

// upload is the link of a local file, once it lies at the gateway. This costs nothing.
func upload(path, name, mediaType string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		fail("No upload:", err)
	}
⟦/⟧
⟦?policy⟧
	asked := call(time.Minute, "GET", ⟦upload url⟧, "")
	given := func(member, otherwise string) string {
		if found := asked.pick("data."+member, "output."+member, member); found != "" {
			return found
		}
		return otherwise
	}
	store, folder := given("upload_host", ""), given("upload_dir", "")
	if store == "" || folder == "" {
		fail("No upload of", path+":", asked)
	}
	if !strings.Contains(store, "://") {
		store = "https://" + store
	}
	place := strings.TrimRight(folder, "/") + "/" + name
	form, formType := formOf(content, name, mediaType,⟦parts⟧
	)
	// The store takes the policy in place of the key.
	sent := send(10*time.Minute, "POST", store, form, "Content-Type", formType)
	if sent.status != 200 && sent.status != 201 && sent.status != 204 {
		fail("No upload of", path+":", sent)
	}
	return "oss://" + place
}

⟦/⟧
⟦?undocumented⟧
	// No public document of the gateway describes this call.
⟦/⟧
⟦?form⟧
	form, formType := formOf(content, name, mediaType,⟦parts⟧
	)
	sent := call(10*time.Minute, "POST", ⟦upload url⟧, form, "Content-Type", formType)
	link := sent.pick(⟦answer⟧)
	if !strings.HasPrefix(link, "https://") {
		fail("No upload of", path+":", sent)
	}
	return link
}

⟦/⟧
⟦?upload⟧
// formOf is a form with these fields and then the file, and its media type.
func formOf(content []byte, name, mediaType string, fields ...string) (string, string) {
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	for i := 0; i < len(fields); i += 2 {
		form.WriteField(fields[i], fields[i+1])
	}
	head := textproto.MIMEHeader{}
	head.Set("Content-Disposition", `form-data; name="file"; filename="`+name+`"`)
	head.Set("Content-Type", mediaType)
	file, _ := form.CreatePart(head)
	file.Write(content)
	form.Close()
	return out.String(), form.FormDataContentType()
}

⟦/⟧
func ask(task string) reply {
⟦?post⟧
	id, _ := json.Marshal(task)
	return call(time.Minute, "POST", ⟦query⟧, ⟦ask before⟧+string(id)+⟦ask after⟧⟦query headers⟧)
⟦/⟧
⟦!post⟧
	return call(time.Minute, "GET", ⟦query⟧, "")
⟦/⟧
}

func download(address, file, authorization string) error {
	request, err := http.NewRequest("GET", address, nil)
	if err != nil {
		return err
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the video: %s", response.Status)
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, response.Body); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

func main() {
	if key == "" {
		fail("⟦key⟧ has to hold the key.")
	}
	task := ""
	if len(os.Args) > 1 {
		task = os.Args[1]
	} else {
		task = create()
	}
	fmt.Fprintln(os.Stderr, "task", task)
	file := "wan-" + regexp.MustCompile(`[^\w-]`).ReplaceAllString(task, "_") + ".mp4"
	pause, refused := ⟦first⟧, 0
	for polls := 0; polls < ⟦polls⟧ && refused < 3; polls++ {
		time.Sleep(time.Duration(pause) * time.Second)
		told := ask(task)
		pause = ⟦interval⟧
		if told.retryAfter > pause {
			pause = told.retryAfter
		}
		word := ""
		switch {
		case told.status >= 200 && told.status < 300:
			word = strings.ToUpper(told.pick(⟦state⟧))
⟦?trouble⟧
			// An attempt that failed is not the end where the gateway goes on.
			attempt, done, runs := told.pick(⟦attempt⟧) != "", false, false
			switch word {
			case ⟦failed⟧, ⟦late⟧:
				attempt = true
			case ⟦done⟧:
				done = true
			case ⟦running⟧:
				runs = true
			}
			record, _ := told.answer.(map[string]any)
			ended := attempt && !done && told.pick(⟦ended⟧) != ""
			if end, has := record[⟦ended⟧]; has && end == nil {
				word += " (unfinished)"
			} else if !runs && (ended || told.pick(⟦trouble⟧) != "") {
				word = "FAILED"
			}
			switch word {
			case ⟦failed⟧, ⟦done⟧:
			default:
				if attempt {
					fmt.Fprintln(os.Stderr, "An attempt failed, and the gateway goes on:", told)
				}
			}
⟦/⟧
		case told.status == 408 || told.status == 425 || told.status == 429:
		case told.status >= 400 && told.status < 500:
			refused++
		}
		switch word {
		case ⟦failed⟧:
			fail("The task failed:", told)
		case ⟦done⟧:
⟦?link⟧
			err := download(told.pick(⟦links⟧), file, "")
⟦/⟧
⟦!link⟧
			err := download(⟦content⟧, file, "Bearer "+key)
⟦/⟧
			if err == nil {
				fmt.Println(file)
				return
			}
			fmt.Fprintln(os.Stderr, err)
		case ⟦lost⟧:
			refused++
		case "":
			word = told.String()
		default:
			refused = 0
		}
		fmt.Fprintln(os.Stderr, word)
	}
	fail("Nothing is known of how the task ends. To ask again: go run ⟦file name⟧ '" + task + "'")
}
