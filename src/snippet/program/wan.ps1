# Makes a video, waits for it, and saves it. For Windows PowerShell 5.1 and PowerShell 7, with the key in $env:⟦key⟧.
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
function Invoke-Call([string]$Method, [string]$Url, [int]$Seconds, [string]$Body, [hashtable]$Headers) {
    $handler = New-Object Net.Http.HttpClientHandler
    $handler.AllowAutoRedirect = $false
    $client = New-Object Net.Http.HttpClient $handler
    $client.Timeout = [TimeSpan]::FromSeconds($Seconds)
    $request = New-Object Net.Http.HttpRequestMessage ([Net.Http.HttpMethod]$Method), $Url
    $request.Headers.Authorization = $bearer
    $request.Headers.ExpectContinue = $false
    foreach ($name in $Headers.Keys) { [void]$request.Headers.TryAddWithoutValidation($name, $Headers[$name]) }
    if ($Body) { $request.Content = New-Object Net.Http.StringContent $Body, ([Text.Encoding]::UTF8), 'application/json' }
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
