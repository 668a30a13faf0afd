# Makes a video, waits for it, and saves it. For Windows PowerShell 5.1 and PowerShell 7, with the key in $env:⟦key⟧.
⟦?upload⟧
# It uploads the local files of the request first: run it in their folder.
⟦/⟧
# With a task's id it takes up that task, and creates none: .\⟦file name⟧ TASK_ID
param([string]$Task)

$ErrorActionPreference = 'Stop'

function Write-Note([string]$Text) { [Console]::Error.WriteLine($Text) }

if (-not $env:⟦key⟧) {
    Write-Note '⟦key⟧ has to hold the key.'
    exit 1
}
Add-Type -AssemblyName System.Net.Http
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
$bearer = New-Object Net.Http.Headers.AuthenticationHeaderValue 'Bearer', $env:⟦key⟧

# The answer of the gateway; the status is 0 where none came.
function Invoke-Call([string]$Method, [string]$Url, [int]$Seconds, [string]$Body, [hashtable]$Headers⟦?upload⟧, $Form, [switch]$Keyless⟦/⟧) {
    $handler = New-Object Net.Http.HttpClientHandler
    $handler.AllowAutoRedirect = $false
    $client = New-Object Net.Http.HttpClient $handler
    $client.Timeout = [TimeSpan]::FromSeconds($Seconds)
    $request = New-Object Net.Http.HttpRequestMessage ([Net.Http.HttpMethod]$Method), $Url
⟦!upload⟧
    $request.Headers.Authorization = $bearer
⟦/⟧
⟦?upload⟧
    if (-not $Keyless) { $request.Headers.Authorization = $bearer }
⟦/⟧
    $request.Headers.ExpectContinue = $false
    foreach ($name in $Headers.Keys) { [void]$request.Headers.TryAddWithoutValidation($name, $Headers[$name]) }
    if ($Body) { $request.Content = New-Object Net.Http.StringContent $Body, ([Text.Encoding]::UTF8), 'application/json' }
⟦?upload⟧
    if ($Form) { $request.Content = $Form }
⟦/⟧
    $told = @{ Status = 0; Text = ''; Answer = $null; RetryAfter = 0 }
    try {
        $response = $client.SendAsync($request).GetAwaiter().GetResult()
        $told.Text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        $told.Status = [int]$response.StatusCode
        $after = $response.Headers.RetryAfter
        if ($after -and $after.Delta) { $told.RetryAfter = [int][Math]::Min($after.Delta.TotalSeconds, 3600) }
    } catch {
        $told.Text = $_.Exception.GetBaseException().Message
    }
    try { $told.Answer = $told.Text | ConvertFrom-Json } catch { $told.Answer = $null }
    $told
}

# The first of these places at which the answer has something.
function Get-Place($Told, [string[]]$Places) {
    foreach ($place in $Places) {
        $found = $Told.Answer
        foreach ($name in $place.Split('.')) {
            if ($null -ne $found) { $found = if ($name -match '^\d+$') { @($found)[[int]$name] } else { $found.$name } }
        }
        if ("$found") { return "$found" }
    }
}

# What the gateway says is wrong.
function Get-Reason($Told) {
    $reason = @((Get-Place $Told ⟦code⟧), (Get-Place $Told ⟦message⟧)) -join ' '
    if (-not $reason.Trim()) { $reason = $Told.Text.Substring(0, [Math]::Min(300, $Told.Text.Length)) }
    "HTTP $($Told.Status) $reason"
}

⟦?upload⟧
# A form with these fields, and then the file.
function New-Form([string[]]$Fields, [byte[]]$Content, [string]$Name, [string]$Type) {
    $boundary = [Guid]::NewGuid().ToString('N')
    $part = "--$boundary`r`nContent-Disposition: form-data; name="
    $head = ''
    for ($i = 0; $i -lt $Fields.Count; $i += 2) { $head += "$part`"$($Fields[$i])`"`r`n`r`n$($Fields[$i + 1])`r`n" }
    $head += "$part`"file`"; filename=`"$Name`"`r`nContent-Type: $Type`r`n`r`n"
    $stream = New-Object IO.MemoryStream
    foreach ($bytes in [Text.Encoding]::UTF8.GetBytes($head), $Content, [Text.Encoding]::UTF8.GetBytes("`r`n--$boundary--`r`n")) {
        $stream.Write($bytes, 0, $bytes.Length)
    }
    $stream.Position = 0
    $form = New-Object Net.Http.StreamContent $stream
    [void]$form.Headers.TryAddWithoutValidation('Content-Type', "multipart/form-data; boundary=$boundary")
    $form
}

⟦/⟧
⟦?policy⟧
# A member of the policy, or else this. The store wants a flag as JSON writes it.
function Get-Given($Told, [string]$Member, [string]$Otherwise) {
    $found = Get-Place $Told "data.$Member", "output.$Member", $Member
    if ($found -in 'True', 'False') { $found.ToLowerInvariant() } elseif ($found) { $found } else { $Otherwise }
}

⟦/⟧
⟦?upload⟧
# The link of a local file, once it lies at the gateway. This costs nothing.
function Send-File([string]$Path, [string]$Name, [string]$Type) {
    try {
        $content = [IO.File]::ReadAllBytes((Join-Path $PWD.ProviderPath $Path))
    } catch {
        Write-Note "No upload of ${Path}: $($_.Exception.GetBaseException().Message)"
        exit 1
    }
⟦/⟧
⟦?policy⟧
    $asked = Invoke-Call GET ⟦upload url⟧ 60
    $store = Get-Given $asked 'upload_host' ''
    $folder = Get-Given $asked 'upload_dir' ''
    if (-not $store -or -not $folder) {
        Write-Note "No upload of ${Path}: $(Get-Reason $asked)"
        exit 1
    }
    if (-not $store.Contains('://')) { $store = 'https://' + $store }
    $place = $folder.TrimEnd('/') + '/' + $Name
    $form = New-Form @(⟦parts⟧
    ) $content $Name $Type
    # The store takes the policy in place of the key.
    $sent = Invoke-Call POST $store 600 -Form $form -Keyless
    if ($sent.Status -notin 200, 201, 204) {
        Write-Note "No upload of ${Path}: $(Get-Reason $sent)"
        exit 1
    }
    'oss://' + $place
}

⟦/⟧
⟦?undocumented⟧
    # No public document of the gateway describes this call.
⟦/⟧
⟦?form⟧
    $form = New-Form @(⟦parts⟧
    ) $content $Name $Type
    $sent = Invoke-Call POST ⟦upload url⟧ 600 -Form $form
    $link = Get-Place $sent ⟦answer⟧
    if (-not "$link".StartsWith('https://')) {
        Write-Note "No upload of ${Path}: $(Get-Reason $sent)"
        exit 1
    }
    $link
}

⟦/⟧
# Whether the video was saved.
function Save-Video([string]$Url, [string]$File, $Authorization) {
    try {
        $client = New-Object Net.Http.HttpClient
        $client.Timeout = [TimeSpan]::FromMinutes(30)
        $client.DefaultRequestHeaders.Authorization = $Authorization
        $video = $client.GetStreamAsync($Url).GetAwaiter().GetResult()
        $out = [IO.File]::Create($File)
        try { $video.CopyTo($out) } finally { $out.Dispose() }
        $true
    } catch {
        Write-Note ($_.Exception.GetBaseException().Message)
        $false
    }
}

if (-not $Task) {
⟦?file⟧
    $body = [IO.File]::ReadAllText((Join-Path $PWD.ProviderPath ⟦body file⟧))
⟦/⟧
⟦!file⟧
    $body = ⟦body⟧
⟦/⟧
⟦?upload⟧
⟦files⟧⟦/⟧
    # This costs money: it is sent once.
    $made = Invoke-Call POST ⟦url⟧ 3600 $body @{⟦headers⟧
    }
    $Task = Get-Place $made ⟦id⟧
    if (-not $Task) {
        Write-Note "No task: $(Get-Reason $made)"
        if ($made.Status -lt 400 -or $made.Status -ge 500 -or $made.Status -in 408, 409, 425, 499) {
            Write-Note 'It may have been created and billed all the same: look before you run this again.'
        }
        exit 1
    }
}
Write-Note "task $Task"
$name = 'wan-' + ($Task -replace '[^A-Za-z0-9_-]', '_') + '.mp4'
$file = Join-Path $PWD.ProviderPath $name
$pause = ⟦first⟧
$refused = 0
for ($polls = 0; $polls -lt ⟦polls⟧ -and $refused -lt 3; $polls++) {
    Start-Sleep -Seconds $pause
⟦!post⟧
    $told = Invoke-Call GET (⟦query⟧) 60
⟦/⟧
⟦?post⟧
    $body = ⟦ask before⟧ + ($Task | ConvertTo-Json) + ⟦ask after⟧
    $told = Invoke-Call POST ⟦query⟧ 60 $body @{⟦query headers⟧
    }
⟦/⟧
    $pause = [Math]::Max(⟦interval⟧, $told.RetryAfter)
    $word = ''
    if ($told.Status -ge 200 -and $told.Status -lt 300) {
        $word = "$(Get-Place $told ⟦state⟧)".ToUpperInvariant()
⟦?trouble⟧
        # An attempt that failed is not the end where the gateway goes on.
        $attempt = (Get-Place $told ⟦attempt⟧) -or ($word -in ⟦failed⟧, ⟦late⟧)
        $ended = $attempt -and ($word -notin ⟦done⟧) -and (Get-Place $told ⟦ended⟧)
        if (($told.Answer.PSObject.Properties.Name -contains ⟦ended⟧) -and ($null -eq $told.Answer.⟦ended name⟧)) {
            $word += ' (unfinished)'
        } elseif (($word -notin ⟦running⟧) -and ($ended -or (Get-Place $told ⟦trouble⟧))) {
            $word = 'FAILED'
        }
        if ($attempt -and ($word -notin ⟦failed⟧, ⟦done⟧)) {
            Write-Note "An attempt failed, and the gateway goes on: $(Get-Reason $told)"
        }
⟦/⟧
    } elseif ($told.Status -ge 400 -and $told.Status -lt 500 -and $told.Status -notin 408, 425, 429) {
        $refused++
    }
    if ($word -in ⟦failed⟧) {
        Write-Note "The task failed: $(Get-Reason $told)"
        exit 1
    }
    if ($word -in ⟦done⟧) {
⟦?link⟧
        $link = Get-Place $told ⟦links⟧
        if ($link -and (Save-Video $link $file)) {
⟦/⟧
⟦!link⟧
        if (Save-Video (⟦content⟧) $file $bearer) {
⟦/⟧
            $name
            exit 0
        }
    }
    if ($word -in ⟦lost⟧) { $refused++ } elseif ($word) { $refused = 0 }
    if ($word) { Write-Note $word } else { Write-Note (Get-Reason $told) }
}
Write-Note "Nothing is known of how the task ends. To ask again: .\⟦file name⟧ '$Task'"
exit 1
