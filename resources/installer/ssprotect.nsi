; The installer for one machine: all users get the programs, the Explorer extension and the autostart.
;   makensis -XTarget amd64-unicode  (given by cmake/installer.sh, with VERSION, BIN, LICENSE, ICON, PICTURE, SIGN and OUTPUT)
; Silent: setup.exe /S [/D=folder], uninstall.exe /S [/REMOVEDATA]
; Ends with 0; 2: the Explorer extension could not be entered; 3: the data was to be removed and is still in use.
Unicode true
!include "LogicLib.nsh"
!include "MUI2.nsh"
!include "nsDialogs.nsh"
!include "FileFunc.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\SSProtect"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"

Name "SSProtect"
OutFile "${OUTPUT}"
InstallDir "$PROGRAMFILES64\SSProtect"
RequestExecutionLevel admin
ManifestDPIAware true
SetCompressor /SOLID lzma
; What is put into the system is signed, and so is what takes it out.
!uninstfinalize `${SIGN} "%1"`
BrandingText "SSProtect ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "SSProtect"
VIAddVersionKey CompanyName "SSProtect"
VIAddVersionKey FileDescription "SSProtect, the installer"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "GPL-3.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_FINISHPAGE_TITLE "$(FINISHED)"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_TEXT "$(WHAT_NOW)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(START_NOW)"
!define MUI_FINISHPAGE_RUN_FUNCTION startAsUser
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.confirm un.confirmed
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString NEEDS_64_BIT ${LANG_ENGLISH} "SSProtect needs a 64-bit Windows 10 or newer."
LangString NEEDS_64_BIT ${LANG_GERMAN} "SSProtect benötigt Windows 10 oder neuer mit 64 Bit."
LangString FINISHED ${LANG_ENGLISH} "SSProtect ${VERSION} is installed"
LangString FINISHED ${LANG_GERMAN} "SSProtect ${VERSION} ist installiert"
LangString WHAT_NOW ${LANG_ENGLISH} "It starts when you sign in to Windows and stands as a shield beside the clock.$\r$\n$\r$\nRight-click a file in Explorer and choose 'Activate protection'.$\r$\n$\r$\nAfter an upgrade the new version runs once you have signed in again; documents that are open stay open."
LangString WHAT_NOW ${LANG_GERMAN} "SSProtect startet, wenn Sie sich bei Windows anmelden, und steht als Schild neben der Uhr.$\r$\n$\r$\nKlicken Sie im Explorer mit der rechten Maustaste auf eine Datei und wählen Sie den Schutz aus.$\r$\n$\r$\nNach einer Aktualisierung läuft die neue Version, sobald Sie sich neu angemeldet haben; offene Dokumente bleiben offen."
LangString START_NOW ${LANG_ENGLISH} "&Start SSProtect now"
LangString START_NOW ${LANG_GERMAN} "SSProtect jetzt &starten"
LangString REMOVAL ${LANG_ENGLISH} "Remove SSProtect"
LangString REMOVAL ${LANG_GERMAN} "SSProtect entfernen"
LangString REMOVAL_HINT ${LANG_ENGLISH} "Release your files first if you no longer want them protected."
LangString REMOVAL_HINT ${LANG_GERMAN} "Heben Sie vorher den Schutz von Dateien auf, die nicht mehr geschützt sein sollen."
LangString REMOVAL_TEXT ${LANG_ENGLISH} "SSProtect is removed from this computer. Files that are protected stay protected, and open again once SSProtect is installed again: the keys and settings of all users stay where they are."
LangString REMOVAL_TEXT ${LANG_GERMAN} "SSProtect wird von diesem Computer entfernt. Geschützte Dateien bleiben geschützt und lassen sich wieder öffnen, sobald SSProtect wieder installiert ist: Schlüssel und Einstellungen aller Benutzer bleiben, wo sie sind."
LangString REMOVE_DATA ${LANG_ENGLISH} "Also remove &my keys and settings"
LangString REMOVE_DATA ${LANG_GERMAN} "Auch &meine Schlüssel und Einstellungen entfernen"
LangString REMOVE_DATA_WARNING ${LANG_ENGLISH} "Files that are still protected can then be opened only with your exported keys and a backup. If in doubt, leave this off."
LangString REMOVE_DATA_WARNING ${LANG_GERMAN} "Dateien, die noch geschützt sind, lassen sich dann nur noch mit Ihren exportierten Schlüsseln und einer Sicherung öffnen. Lassen Sie dies im Zweifel aus."
LangString DATA_IN_USE ${LANG_ENGLISH} "SSProtect is still running, because a protected document is open. Your keys and settings stay, so that the document is not lost."
LangString DATA_IN_USE ${LANG_GERMAN} "SSProtect läuft noch, weil ein geschütztes Dokument offen ist. Schlüssel und Einstellungen bleiben, damit das Dokument nicht verloren geht."
LangString NOT_WRITTEN ${LANG_ENGLISH} "The Explorer extension could not be entered. Run the installer as an administrator."
LangString NOT_WRITTEN ${LANG_GERMAN} "Die Explorer-Erweiterung konnte nicht eingetragen werden. Führen Sie das Installationsprogramm als Administrator aus."

; A program or DLL in use cannot be overwritten, but it can be renamed: documents that are open stay open, and what is
; left of the old version goes at the next installation or start of Windows.
!macro StepAside UN FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    Delete "$INSTDIR\${FILE}"
    ${If} ${Errors}
      GetTempFileName $0 "$INSTDIR"
      Delete "$0"
      Rename "$INSTDIR\${FILE}" "$0.old"
      Delete /REBOOTOK "$0.old"
    ${EndIf}
  ${EndIf}
!macroend

!macro RemoveAll UN
  !insertmacro StepAside "${UN}" "ssprotect-shell.dll"
  !insertmacro StepAside "${UN}" "ssprotect-tray.exe"
  !insertmacro StepAside "${UN}" "ssprotect.exe"
  !insertmacro StepAside "${UN}" "LICENSE.txt"
  Delete "$INSTDIR\*.old"
!macroend

; The installer runs with an administrator's rights. The tray process must have the user's own, or Explorer could not
; reach it: whatever Explorer starts has them.
Function startAsUser
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\ssprotect-tray.exe"'
FunctionEnd

Function .onInit
  SetRegView 64
  SetShellVarContext all
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(NEEDS_64_BIT)" /SD IDOK
    Abort
  ${EndIf}
  ; An upgrade goes where the installed version is, unless /D says otherwise.
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} $INSTDIR == "$PROGRAMFILES64\SSProtect"
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd

Section "SSProtect"
  SetRegView 64
  SetShellVarContext all
  SetOutPath "$INSTDIR"
  !insertmacro RemoveAll ""
  File "${BIN}/ssprotect-tray.exe"
  File "${BIN}/ssprotect.exe"
  File "${BIN}/ssprotect-shell.dll"
  File "/oname=LICENSE.txt" "${LICENSE}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ClearErrors
  RegDLL "$INSTDIR\ssprotect-shell.dll"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel 2
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\SSProtect.lnk" "$INSTDIR\ssprotect-tray.exe"
  WriteRegStr HKLM "${RUN_KEY}" "SSProtect" '"$INSTDIR\ssprotect-tray.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "SSProtect"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\ssprotect-tray.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "SSProtect"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Var removeData
Var removeDataBox
Var stillRunning

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $removeData 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/REMOVEDATA" $1
  ${IfNot} ${Errors}
    StrCpy $removeData ${BST_CHECKED}
  ${EndIf}
FunctionEnd

Function un.confirm
  !insertmacro MUI_HEADER_TEXT "$(REMOVAL)" "$(REMOVAL_HINT)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 36u "$(REMOVAL_TEXT)"
  Pop $0
  ${NSD_CreateCheckbox} 0 48u 100% 12u "$(REMOVE_DATA)"
  Pop $removeDataBox
  ${NSD_SetState} $removeDataBox $removeData
  ${NSD_CreateLabel} 12u 62u -12u 28u "$(REMOVE_DATA_WARNING)"
  Pop $0
  nsDialogs::Show
FunctionEnd

Function un.confirmed
  ${NSD_GetState} $removeDataBox $removeData
FunctionEnd

; Asks this user's tray process to end and waits for it a while. It stays as long as a protected document is open, also
; without its file, which then goes at the next start of Windows.
Function un.endClient
  nsExec::Exec /TIMEOUT=5000 '"$INSTDIR\ssprotect.exe" quit'
  Pop $0
  StrCpy $stillRunning 1
  ${For} $1 1 20
    nsExec::Exec /TIMEOUT=5000 '"$INSTDIR\ssprotect.exe" status'
    Pop $0
    ${If} $0 == 3 ; no tray process
      StrCpy $stillRunning 0
      ${ExitFor}
    ${EndIf}
    Sleep 250
  ${Next}
FunctionEnd

; A folder with files in use can't be renamed: so nothing is lost to a tray process that was not reached above.
Function un.removeUserData
  SetShellVarContext current
  ${If} $stillRunning == 0
    ${IfNot} ${FileExists} "$LOCALAPPDATA\SSProtect\*.*"
      Return
    ${EndIf}
    ClearErrors
    Rename "$LOCALAPPDATA\SSProtect" "$LOCALAPPDATA\SSProtect.removed"
    ${IfNot} ${Errors}
      RMDir /r "$LOCALAPPDATA\SSProtect.removed"
      Return
    ${EndIf}
  ${EndIf}
  SetErrorLevel 3
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(DATA_IN_USE)" /SD IDOK
FunctionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  Call un.endClient
  UnRegDLL "$INSTDIR\ssprotect-shell.dll"
  !insertmacro RemoveAll "un."
  Delete "$INSTDIR\uninstall.exe"
  RMDir /REBOOTOK "$INSTDIR"
  Delete "$SMPROGRAMS\SSProtect.lnk"
  DeleteRegValue HKLM "${RUN_KEY}" "SSProtect"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  ${If} $removeData == ${BST_CHECKED}
    Call un.removeUserData
  ${EndIf}
SectionEnd
