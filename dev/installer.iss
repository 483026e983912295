; The installer for Windows, for Inno Setup 6:
;
;   iscc /DVersion=0.1.0 dev\installer.iss
;
; It packs dist\caseworker, which `dev.py freeze` built and tried. It asks for no administrator: the
; program goes into the person's own programs. Stores are never touched, also not by taking it out.
; With /DSign it signs the installer and its uninstaller with the tool "caseworker" that is set up
; in Inno Setup; without, both stay unsigned.

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 dev\installer.iss
#endif

[Setup]
AppId={{6A0E6B5E-6C43-4B8C-9B0E-3E3B3C6D2C51}
AppName=Caseworker
AppVersion={#Version}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Caseworker
DefaultGroupName=Caseworker
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
SourceDir=..
OutputDir=dist
OutputBaseFilename=caseworker-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
UninstallDisplayIcon={app}\caseworker.exe
#ifdef Sign
SignTool=caseworker
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktop"; Description: "Put a shortcut on the desktop"; Flags: unchecked

[Files]
Source: "dist\caseworker\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; What an older version had and this one has not must not be loaded by it.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Caseworker"; Filename: "{app}\caseworker.exe"
Name: "{autodesktop}\Caseworker"; Filename: "{app}\caseworker.exe"; Tasks: desktop

[Registry]
Root: HKA; Subkey: "Software\Classes\.caseworker"; ValueType: string; ValueData: "Caseworker.Store"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Caseworker.Store"; ValueType: string; ValueData: "Caseworker store"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Caseworker.Store\shell\open\command"; ValueType: string; ValueData: """{app}\caseworker.exe"" open ""%1"""

[Run]
Filename: "{app}\caseworker.exe"; Description: "Start Caseworker"; Flags: nowait postinstall skipifsilent
