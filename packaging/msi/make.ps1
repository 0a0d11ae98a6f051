# Makes dist\ferpa-wizard-VERSION.msi of dist\ferpa-wizard, which packaging\build.py built. Needs WiX 3 (candle, light).
# The programs are signed first and the hashes written anew, so that they are those of what people get.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
$python = '.venv\Scripts\python.exe'

function Invoke-Step([scriptblock]$Step) {
    & $Step
    if ($LASTEXITCODE -ne 0) { throw "This did not go well: $Step" }
}

$version = & $python -c "import ferpa_wizard; print(ferpa_wizard.__version__)"
$package = "dist\ferpa-wizard-$version.msi"
& "$PSScriptRoot\sign.ps1" -Files 'dist\ferpa-wizard\ferpa-wizard.exe', 'dist\ferpa-wizard\ferpa-wizard-window.exe'
Invoke-Step { & $python packaging\statement.py dist\ferpa-wizard }
Invoke-Step { & $python packaging\msi.py --out build\ferpa-wizard.wxs }
Invoke-Step { candle -nologo -arch x64 -out build\ferpa-wizard.wixobj build\ferpa-wizard.wxs }
Invoke-Step { light -nologo -b build -out $package build\ferpa-wizard.wixobj }
& "$PSScriptRoot\sign.ps1" -Files $package
(Get-FileHash -Algorithm SHA256 $package).Hash.ToLower() + "  ferpa-wizard-$version.msi" | Out-File -Encoding ascii "$package.sha256"
Write-Host $package
