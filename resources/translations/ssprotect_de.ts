<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Notices</name>
    <message>
        <source>Protected again</source>
        <translation>Wieder geschützt</translation>
    </message>
    <message>
        <source>%1 is protected as v%2.</source>
        <translation>%1 ist als v%2 geschützt.</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>%1 did not change and stays protected.</source>
        <translation>%1 wurde nicht geändert und bleibt geschützt.</translation>
    </message>
    <message>
        <source>Two versions kept</source>
        <translation>Zwei Versionen behalten</translation>
    </message>
    <message>
        <source>%1 changed on disk while it was open. What you saved is in %2.</source>
        <translation>%1 wurde auf der Platte geändert, während die Datei geöffnet war. Was Sie gespeichert haben, liegt in %2.</translation>
    </message>
    <message>
        <source>Not stored yet</source>
        <translation>Noch nicht abgelegt</translation>
    </message>
    <message>
        <source>%1 is sealed on this disk and will be stored as soon as that is possible. %2</source>
        <translation>%1 liegt versiegelt auf dieser Platte und wird abgelegt, sobald das möglich ist. %2</translation>
    </message>
    <message>
        <source>Stored now</source>
        <translation>Jetzt abgelegt</translation>
    </message>
    <message>
        <source>%1 was waiting to be stored and is now.</source>
        <translation>%1 hatte darauf gewartet, abgelegt zu werden, und ist es jetzt.</translation>
    </message>
    <message>
        <source>Login session ended</source>
        <translation>Anmeldung beendet</translation>
    </message>
    <message>
        <source>Log in again to go on. Open files are still protected when they close.</source>
        <translation>Melden Sie sich wieder an, um weiterzuarbeiten. Geöffnete Dateien werden beim Schließen trotzdem geschützt.</translation>
    </message>
    <message>
        <source>Backup is due</source>
        <translation>Eine Sicherung ist fällig</translation>
    </message>
    <message>
        <source>There is no backup of the last 7 days. Without one a lost disk loses protected files elsewhere too.</source>
        <translation>Es gibt keine Sicherung aus den letzten 7 Tagen. Ohne sie sind mit dieser Platte auch geschützte Dateien an anderen Orten verloren.</translation>
    </message>
    <message>
        <source>Nothing was released</source>
        <translation>Es wurde kein Schutz aufgehoben</translation>
    </message>
    <message>
        <source>Nothing was activated</source>
        <translation>Es wurde nichts geschützt</translation>
    </message>
    <message>
        <source>One file was released</source>
        <translation>Der Schutz einer Datei wurde aufgehoben</translation>
    </message>
    <message numerus="yes">
        <source>%n files were released</source>
        <translation>
            <numerusform>Der Schutz von %n Datei wurde aufgehoben</numerusform>
            <numerusform>Der Schutz von %n Dateien wurde aufgehoben</numerusform>
        </translation>
    </message>
    <message>
        <source>One file is protected now</source>
        <translation>Eine Datei ist jetzt geschützt</translation>
    </message>
    <message numerus="yes">
        <source>%n files are protected now</source>
        <translation>
            <numerusform>%n Datei ist jetzt geschützt</numerusform>
            <numerusform>%n Dateien sind jetzt geschützt</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>%1 failed. %2</source>
        <translation>%1 ist fehlgeschlagen. %2</translation>
    </message>
    <message numerus="yes">
        <source>%n files failed, the first one is %1. %2</source>
        <translation>
            <numerusform>%n Datei ist fehlgeschlagen: %1. %2</numerusform>
            <numerusform>%n Dateien sind fehlgeschlagen, die erste ist %1. %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Icons are not shown</source>
        <translation>Symbole werden nicht angezeigt</translation>
    </message>
    <message>
        <source>Explorer shows no SSProtect icons over protected files, because too many programs want theirs shown. A file&apos;s properties tell whether it is protected.</source>
        <translation>Der Explorer zeigt über geschützten Dateien keine Symbole von SSProtect, weil zu viele Programme ihre zeigen wollen. Die Eigenschaften einer Datei sagen, ob sie geschützt ist.</translation>
    </message>
    <message>
        <source>%1 was not opened</source>
        <translation>%1 wurde nicht geöffnet</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>SSProtect can&apos;t start</source>
        <translation>SSProtect kann nicht starten</translation>
    </message>
    <message>
        <source>SSProtect is running already. Its shield is among the icons beside the clock.</source>
        <translation>SSProtect läuft bereits. Sein Schild steht bei den Symbolen neben der Uhr.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::AboutDialog</name>
    <message>
        <source>About SSProtect</source>
        <translation>Über SSProtect</translation>
    </message>
    <message>
        <source>&lt;h2&gt;SSProtect %1&lt;/h2&gt;&lt;p&gt;Keeps confidential files encrypted where they lie.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. It comes with no warranty.&lt;/p&gt;&lt;p&gt;Built with Qt %2.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;SSProtect %1&lt;/h2&gt;&lt;p&gt;Hält vertrauliche Dateien an ihrem Ort verschlüsselt.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Ohne jede Gewährleistung.&lt;/p&gt;&lt;p&gt;Erstellt mit Qt %2.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::AcknowledgePrompt</name>
    <message>
        <source>Protect this file?</source>
        <translation>Diese Datei schützen?</translation>
    </message>
    <message numerus="yes">
        <source>Protect these %n files?</source>
        <translation>
            <numerusform>%n Datei schützen?</numerusform>
            <numerusform>Diese %n Dateien schützen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the protection off this file?</source>
        <translation>Den Schutz dieser Datei aufheben?</translation>
    </message>
    <message numerus="yes">
        <source>Take the protection off these %n files?</source>
        <translation>
            <numerusform>Den Schutz von %n Datei aufheben?</numerusform>
            <numerusform>Den Schutz dieser %n Dateien aufheben?</numerusform>
        </translation>
    </message>
    <message>
        <source>Change this setting of your account?</source>
        <translation>Diese Einstellung Ihres Kontos ändern?</translation>
    </message>
    <message numerus="yes">
        <source>Change these %n settings of your account?</source>
        <translation>
            <numerusform>%n Einstellung Ihres Kontos ändern?</numerusform>
            <numerusform>Diese %n Einstellungen Ihres Kontos ändern?</numerusform>
        </translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Open this protected file?</source>
        <translation>Diese geschützte Datei öffnen?</translation>
    </message>
    <message numerus="yes">
        <source>Open these %n protected files?</source>
        <translation>
            <numerusform>%n geschützte Datei öffnen?</numerusform>
            <numerusform>Diese %n geschützten Dateien öffnen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weitere</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>SSProtect asks</source>
        <translation>SSProtect fragt</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Verbleibende Zeit</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Erlauben</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>Without an answer it is denied in %1 s.</source>
        <translation>Ohne Antwort wird in %1 s abgelehnt.</translation>
    </message>
    <message>
        <source>Make this change?</source>
        <translation>Diese Änderung vornehmen?</translation>
    </message>
    <message numerus="yes">
        <source>Make these %n changes?</source>
        <translation>
            <numerusform>%n Änderung vornehmen?</numerusform>
            <numerusform>Diese %n Änderungen vornehmen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::BackupDialog</name>
    <message>
        <source>Back Up</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>&amp;Back Up</source>
        <translation>&amp;Sichern</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>Sichern nach</translation>
    </message>
    <message>
        <source>Backups (*.sspbackup)</source>
        <translation>Sicherungen (*.sspbackup)</translation>
    </message>
    <message>
        <source>The backup holds what protected files need to be opened, sealed so that only your exported keys open it. Keep it on another medium than this disk.</source>
        <translation>Die Sicherung enthält, was zum Öffnen geschützter Dateien nötig ist, so versiegelt, dass nur Ihre exportierten Schlüssel sie öffnen. Bewahren Sie sie auf einem anderen Medium als dieser Platte auf.</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>Choose a file for the backup.</source>
        <translation>Wählen Sie eine Datei für die Sicherung.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::BackupFolderDialog</name>
    <message>
        <source>Automatic Backup</source>
        <translation>Automatische Sicherung</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>Ordner für Sicherungen</translation>
    </message>
    <message>
        <source>Each time a session ends a backup is left in this folder, sealed so that only your exported keys open it. A folder on another disk, or one that is synchronised elsewhere, serves best. Leave it empty for no automatic backup.</source>
        <translation>Immer wenn eine Anmeldung endet, wird in diesem Ordner eine Sicherung abgelegt, so versiegelt, dass nur Ihre exportierten Schlüssel sie öffnen. Am besten ist ein Ordner auf einer anderen Platte oder einer, der anderswohin abgeglichen wird. Leer: keine automatische Sicherung.</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>&amp;Ordner:</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::ChangePasswordDialog</name>
    <message>
        <source>Change Password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>Ä&amp;ndern</translation>
    </message>
    <message>
        <source>&amp;Present password:</source>
        <translation>&amp;Bisheriges Passwort:</translation>
    </message>
    <message>
        <source>&amp;New password:</source>
        <translation>&amp;Neues Passwort:</translation>
    </message>
    <message>
        <source>New password &amp;again:</source>
        <translation>Neues Passwort &amp;wiederholen:</translation>
    </message>
    <message>
        <source>&amp;Show passwords</source>
        <translation>Passwörter &amp;zeigen</translation>
    </message>
    <message>
        <source>The new password and its repetition differ.</source>
        <translation>Das neue Passwort und seine Wiederholung sind verschieden.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::CodePrompt</name>
    <message>
        <source>To log in</source>
        <translation>Zum Anmelden</translation>
    </message>
    <message>
        <source>To refresh the login</source>
        <translation>Zum Erneuern der Anmeldung</translation>
    </message>
    <message>
        <source>To protect files</source>
        <translation>Zum Schützen von Dateien</translation>
    </message>
    <message>
        <source>To take the protection off files</source>
        <translation>Zum Aufheben des Schutzes von Dateien</translation>
    </message>
    <message>
        <source>To open a protected file</source>
        <translation>Zum Öffnen einer geschützten Datei</translation>
    </message>
    <message>
        <source>To bring the token back in step</source>
        <translation>Um das Token wieder in Tritt zu bringen</translation>
    </message>
    <message>
        <source>To change where the codes come from</source>
        <translation>Zum Wechsel der Herkunft der Codes</translation>
    </message>
    <message>
        <source>To change the password</source>
        <translation>Zum Ändern des Passworts</translation>
    </message>
    <message>
        <source>To note that the keys were exported</source>
        <translation>Zum Vermerk, dass die Schlüssel exportiert wurden</translation>
    </message>
    <message>
        <source>To change settings of your account</source>
        <translation>Zum Ändern von Einstellungen Ihres Kontos</translation>
    </message>
    <message>
        <source>To read the audit trail</source>
        <translation>Zum Lesen des Protokolls</translation>
    </message>
    <message>
        <source>For the operation %1</source>
        <translation>Für den Vorgang %1</translation>
    </message>
    <message>
        <source>Which code does your token show next?</source>
        <translation>Welchen Code zeigt Ihr Token als Nächstes?</translation>
    </message>
    <message>
        <source>Which code does your token show?</source>
        <translation>Welchen Code zeigt Ihr Token?</translation>
    </message>
    <message>
        <source>SSProtect asks</source>
        <translation>SSProtect fragt</translation>
    </message>
    <message numerus="yes">
        <source>%n digits</source>
        <translation>
            <numerusform>%n Ziffer</numerusform>
            <numerusform>%n Ziffern</numerusform>
        </translation>
    </message>
    <message>
        <source>Code of the token</source>
        <translation>Code des Tokens</translation>
    </message>
    <message>
        <source>&amp;Code of the token:</source>
        <translation>&amp;Code des Tokens:</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Verbleibende Zeit</translation>
    </message>
    <message>
        <source>&amp;Give</source>
        <translation>&amp;Eingeben</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>Without a code it is denied in %1 s.</source>
        <translation>Ohne Code wird in %1 s abgelehnt.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::ConversionWindow</name>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>Bulk Conversion — SSProtect</source>
        <translation>Sammelumwandlung – SSProtect</translation>
    </message>
    <message>
        <source>&amp;Protect (Activate)</source>
        <translation>&amp;Schützen (Activate)</translation>
    </message>
    <message>
        <source>&amp;Release (take the protection off)</source>
        <translation>Schutz auf&amp;heben (Release)</translation>
    </message>
    <message>
        <source>With s&amp;ubfolders</source>
        <translation>Mit &amp;Unterordnern</translation>
    </message>
    <message>
        <source>Only &amp;names like:</source>
        <translation>Nur &amp;Namen wie:</translation>
    </message>
    <message>
        <source>*.docx; *.xlsx — empty: all</source>
        <translation>*.docx; *.xlsx – leer: alle</translation>
    </message>
    <message>
        <source>F&amp;iles and folders:</source>
        <translation>Datei&amp;en und Ordner:</translation>
    </message>
    <message>
        <source>Files and folders</source>
        <translation>Dateien und Ordner</translation>
    </message>
    <message>
        <source>Add &amp;Files…</source>
        <translation>&amp;Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add F&amp;older…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Not converted</source>
        <translation>Nicht umgewandelt</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Files that were not converted, and why</source>
        <translation>Dateien, die nicht umgewandelt wurden, und der Grund</translation>
    </message>
    <message>
        <source>Says how many files would be converted; changes nothing</source>
        <translation>Sagt, wie viele Dateien umgewandelt würden; ändert nichts</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>S&amp;tarten</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>Dateien wählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Zählt …</translation>
    </message>
    <message>
        <source>%1 files would be converted, %2 are done already, %3 can&apos;t be.</source>
        <translation>%1 Dateien würden umgewandelt, %2 sind es schon, bei %3 geht es nicht.</translation>
    </message>
    <message>
        <source>%1 files converted, %2 were done already, %3 were not converted.</source>
        <translation>%1 Dateien umgewandelt, %2 waren es schon, %3 wurden nicht umgewandelt.</translation>
    </message>
    <message>
        <source>Cancelled: the other files are as they were.</source>
        <translation>Abgebrochen: Die übrigen Dateien sind, wie sie waren.</translation>
    </message>
    <message>
        <source>%1 of %2 files, %3/s, %4</source>
        <translation>%1 von %2 Dateien, %3/s, %4</translation>
    </message>
    <message>
        <source>Go &amp;On</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Count</source>
        <translation>&amp;Zählen</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>&amp;Abbrechen</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::ErrorLabel</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::ExportKeysDialog</name>
    <message>
        <source>Export Keys</source>
        <translation>Schlüssel exportieren</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Export keys to</source>
        <translation>Schlüssel exportieren nach</translation>
    </message>
    <message>
        <source>Exported keys (*.sspkeys)</source>
        <translation>Exportierte Schlüssel (*.sspkeys)</translation>
    </message>
    <message>
        <source>Before this account can protect anything its keys have to be saved in a file. If the password is forgotten or this disk is lost, that file is the only way back to your content: nobody else holds a copy. Keep it on another medium, and remember its passphrase.</source>
        <translation>Bevor dieses Konto etwas schützen kann, müssen seine Schlüssel in einer Datei gesichert werden. Ist das Passwort vergessen oder diese Platte verloren, führt nur diese Datei zu Ihren Inhalten zurück: Niemand sonst hat eine Kopie. Bewahren Sie sie auf einem anderen Medium auf, und merken Sie sich ihre Passphrase.</translation>
    </message>
    <message>
        <source>The file and its passphrase together open everything this account protects. Keep it on another medium than this disk.</source>
        <translation>Die Datei und ihre Passphrase zusammen öffnen alles, was dieses Konto schützt. Bewahren Sie sie auf einem anderen Medium als dieser Platte auf.</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>&amp;Passphrase:</translation>
    </message>
    <message>
        <source>Passphrase &amp;again:</source>
        <translation>Passphrase &amp;wiederholen:</translation>
    </message>
    <message>
        <source>&amp;Show passphrase</source>
        <translation>Passphrase &amp;zeigen</translation>
    </message>
    <message>
        <source>Choose a file for the keys.</source>
        <translation>Wählen Sie eine Datei für die Schlüssel.</translation>
    </message>
    <message>
        <source>The passphrase and its repetition differ, or are empty.</source>
        <translation>Die Passphrase und ihre Wiederholung sind verschieden oder leer.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::FilePicker</name>
    <message>
        <source>Bro&amp;wse…</source>
        <translation>Du&amp;rchsuchen …</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::HostListModel</name>
    <message>
        <source>%1 (Opened)</source>
        <translation>%1 (geöffnet)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::ImportKeysDialog</name>
    <message>
        <source>Use Exported Keys</source>
        <translation>Exportierte Schlüssel verwenden</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>Exported keys</source>
        <translation>Exportierte Schlüssel</translation>
    </message>
    <message>
        <source>Exported keys (*.sspkeys);;All files (*)</source>
        <translation>Exportierte Schlüssel (*.sspkeys);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The exported keys prove who you are without the password, and set a new one.</source>
        <translation>Die exportierten Schlüssel weisen Sie ohne das Passwort aus und setzen ein neues.</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>&amp;E-mail:</source>
        <translation>&amp;E-Mail:</translation>
    </message>
    <message>
        <source>&amp;Passphrase of the file:</source>
        <translation>&amp;Passphrase der Datei:</translation>
    </message>
    <message>
        <source>&amp;New password:</source>
        <translation>&amp;Neues Passwort:</translation>
    </message>
    <message>
        <source>New password &amp;again:</source>
        <translation>Neues Passwort &amp;wiederholen:</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>The new password and its repetition differ, or are empty.</source>
        <translation>Das neue Passwort und seine Wiederholung sind verschieden oder leer.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::LoginDialog</name>
    <message>
        <source>Log in to SSProtect</source>
        <translation>Bei SSProtect anmelden</translation>
    </message>
    <message>
        <source>&amp;Log In</source>
        <translation>&amp;Anmelden</translation>
    </message>
    <message>
        <source>Profile or &amp;e-mail:</source>
        <translation>Profil oder &amp;E-Mail:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <source>&amp;Show password</source>
        <translation>Passwort &amp;zeigen</translation>
    </message>
    <message>
        <source>Password lost? Use the exported keys…</source>
        <translation>Passwort verloren? Exportierte Schlüssel verwenden …</translation>
    </message>
    <message>
        <source>Say who logs in: a profile&apos;s name or an e-mail address.</source>
        <translation>Sagen Sie, wer sich anmeldet: Name eines Profils oder E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>Enter the password.</source>
        <translation>Geben Sie das Passwort ein.</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::ManagedFilesWindow</name>
    <message>
        <source>Managed Files/Restore — SSProtect</source>
        <translation>Verwaltete Dateien/Wiederherstellen – SSProtect</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>E&amp;xcl vChains</source>
        <translation>E&amp;xcl vChains</translation>
    </message>
    <message>
        <source>Only the newest file of each version chain</source>
        <translation>Nur die neueste Datei jeder Versionskette</translation>
    </message>
    <message>
        <source>&amp;Search:</source>
        <translation>&amp;Suchen:</translation>
    </message>
    <message>
        <source>Part of a name, folder, state …</source>
        <translation>Teil von Name, Ordner, Zustand …</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Activate…</source>
        <translation>S&amp;chützen …</translation>
    </message>
    <message>
        <source>&amp;Release…</source>
        <translation>Schutz auf&amp;heben …</translation>
    </message>
    <message>
        <source>&amp;Hostlist: protected files on this machine</source>
        <translation>H&amp;ostlist: geschützte Dateien auf diesem Rechner</translation>
    </message>
    <message>
        <source>Hostlist</source>
        <translation>Hostlist</translation>
    </message>
    <message>
        <source>&amp;Versionlist: choose a file above</source>
        <translation>&amp;Versionlist: wählen Sie oben eine Datei</translation>
    </message>
    <message>
        <source>Versionlist</source>
        <translation>Versionlist</translation>
    </message>
    <message>
        <source>&amp;Versionlist of %1</source>
        <translation>&amp;Versionlist von %1</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 von %2 Dateien</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::MenuWindow</name>
    <message>
        <source>SSProtect</source>
        <translation>SSProtect</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>Letzte Meldung</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::OpenFilesWindow</name>
    <message>
        <source>being opened</source>
        <translation>wird geöffnet</translation>
    </message>
    <message>
        <source>open</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>open; say when it is closed</source>
        <translation>geöffnet; sagen Sie, wenn sie geschlossen ist</translation>
    </message>
    <message>
        <source>No protected file is open.</source>
        <translation>Es ist keine geschützte Datei geöffnet.</translation>
    </message>
    <message>
        <source>&amp;Finish Now</source>
        <translation>Jetzt ab&amp;schließen</translation>
    </message>
    <message>
        <source>Open Files — SSProtect</source>
        <translation>Geöffnete Dateien – SSProtect</translation>
    </message>
    <message>
        <source>These files are open in their applications and are protected again when they are closed. Finish Now protects a file that is closed already but still shown here.</source>
        <translation>Diese Dateien sind in ihren Anwendungen geöffnet und werden beim Schließen wieder geschützt. „Jetzt abschließen“ schützt eine Datei, die schon geschlossen ist, aber hier noch gezeigt wird.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Geöffnete Dateien</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Sch&amp;ließen</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::QuitDialog</name>
    <message>
        <source>Quit SSProtect</source>
        <translation>SSProtect beenden</translation>
    </message>
    <message>
        <source>A protected file is still open:</source>
        <translation>Eine geschützte Datei ist noch geöffnet:</translation>
    </message>
    <message numerus="yes">
        <source>%n protected files are still open:</source>
        <translation>
            <numerusform>%n geschützte Datei ist noch geöffnet:</numerusform>
            <numerusform>%n geschützte Dateien sind noch geöffnet:</numerusform>
        </translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Geöffnete Dateien</translation>
    </message>
    <message>
        <source>Wait quits once their applications have closed them. Protect Now protects what was last saved; what is changed after that in an application still open is not kept.</source>
        <translation>„Warten“ beendet SSProtect, sobald die Anwendungen sie geschlossen haben. „Jetzt schützen“ schützt, was zuletzt gespeichert wurde; was danach in einer noch offenen Anwendung geändert wird, bleibt nicht erhalten.</translation>
    </message>
    <message>
        <source>&amp;Wait, Then Quit</source>
        <translation>&amp;Warten, dann beenden</translation>
    </message>
    <message>
        <source>&amp;Protect Now and Quit</source>
        <translation>&amp;Jetzt schützen und beenden</translation>
    </message>
    <message>
        <source>&amp;Do Not Quit</source>
        <translation>&amp;Nicht beenden</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::TrayMenu</name>
    <message>
        <source>Not logged in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Create an A&amp;ccount…</source>
        <translation>&amp;Konto anlegen …</translation>
    </message>
    <message>
        <source>&amp;Login…</source>
        <translation>&amp;Anmelden …</translation>
    </message>
    <message>
        <source>&amp;Refresh Login</source>
        <translation>Anmeldung &amp;erneuern</translation>
    </message>
    <message>
        <source>Log&amp;out</source>
        <translation>A&amp;bmelden</translation>
    </message>
    <message>
        <source>&amp;Managed Files/Restore…</source>
        <translation>&amp;Verwaltete Dateien/Wiederherstellen …</translation>
    </message>
    <message>
        <source>&amp;Bulk Conversion…</source>
        <translation>&amp;Sammelumwandlung …</translation>
    </message>
    <message>
        <source>Open &amp;files</source>
        <translation>&amp;Geöffnete Dateien</translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation>K&amp;onto</translation>
    </message>
    <message>
        <source>&amp;Export Keys…</source>
        <translation>Schlüssel &amp;exportieren …</translation>
    </message>
    <message>
        <source>&amp;Use Exported Keys…</source>
        <translation>Exportierte Schlüssel &amp;verwenden …</translation>
    </message>
    <message>
        <source>Change &amp;Password…</source>
        <translation>&amp;Passwort ändern …</translation>
    </message>
    <message>
        <source>&amp;Back Up…</source>
        <translation>&amp;Sichern …</translation>
    </message>
    <message>
        <source>&amp;Automatic Backup…</source>
        <translation>&amp;Automatische Sicherung …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Finish now</source>
        <translation>Jetzt ab&amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Open Files…</source>
        <translation>&amp;Geöffnete Dateien …</translation>
    </message>
    <message>
        <source>Open &amp;files (%1)</source>
        <translation>&amp;Geöffnete Dateien (%1)</translation>
    </message>
    <message>
        <source>Abou&amp;t SSProtect…</source>
        <translation>&amp;Über SSProtect…</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::TrayShell</name>
    <message>
        <source>The login was not refreshed</source>
        <translation>Die Anmeldung wurde nicht erneuert</translation>
    </message>
    <message>
        <source>Logout failed</source>
        <translation>Abmelden misslungen</translation>
    </message>
    <message>
        <source>The file could not be finished</source>
        <translation>Die Datei konnte nicht abgeschlossen werden</translation>
    </message>
    <message>
        <source>SSProtect: logged in</source>
        <translation>SSProtect: angemeldet</translation>
    </message>
    <message>
        <source>SSProtect: not logged in</source>
        <translation>SSProtect: nicht angemeldet</translation>
    </message>
    <message>
        <source>The file was not opened</source>
        <translation>Die Datei wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>SSProtect can&apos;t quit</source>
        <translation>SSProtect kann nicht beendet werden</translation>
    </message>
    <message>
        <source>SSProtect: a protected file is open</source>
        <translation>SSProtect: Eine geschützte Datei ist geöffnet</translation>
    </message>
    <message numerus="yes">
        <source>SSProtect: %n protected files are open</source>
        <translation>
            <numerusform>SSProtect: %n geschützte Datei ist geöffnet</numerusform>
            <numerusform>SSProtect: %n geschützte Dateien sind geöffnet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::VersionListModel</name>
    <message>
        <source>restorable</source>
        <translation>wiederherstellbar</translation>
    </message>
    <message>
        <source>not restorable</source>
        <translation>nicht wiederherstellbar</translation>
    </message>
    <message>
        <source>Y</source>
        <comment>column A: restorable</comment>
        <translation>J</translation>
    </message>
    <message>
        <source>Archived: Y when this version may be restored</source>
        <translation>Archiviert: J, wenn diese Version wiederhergestellt werden darf</translation>
    </message>
    <message>
        <source>A</source>
        <comment>column heading: archived</comment>
        <translation>A</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Abgelegt</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Ersteller</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>ssprotect::tray::WelcomeWizard</name>
    <message>
        <source>Your account</source>
        <translation>Ihr Konto</translation>
    </message>
    <message>
        <source>The account lives on this machine. Its password opens everything it protects; nobody can tell it to you again, so choose one you will remember. A sentence is easier to remember than a riddle, and stronger.</source>
        <translation>Das Konto liegt auf diesem Rechner. Sein Passwort öffnet alles, was es schützt; niemand kann es Ihnen wieder sagen, wählen Sie also eines, das Sie sich merken. Ein Satz ist leichter zu merken als ein Rätsel, und stärker.</translation>
    </message>
    <message>
        <source>&amp;E-mail:</source>
        <translation>&amp;E-Mail:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <source>Password &amp;again:</source>
        <translation>Passwort &amp;wiederholen:</translation>
    </message>
    <message>
        <source>&amp;Show passwords</source>
        <translation>Passwörter &amp;zeigen</translation>
    </message>
    <message>
        <source>Enter your e-mail address: it names the account.</source>
        <translation>Geben Sie Ihre E-Mail-Adresse ein: Sie benennt das Konto.</translation>
    </message>
    <message>
        <source>The password and its repetition differ, or are empty.</source>
        <translation>Das Passwort und seine Wiederholung sind verschieden oder leer.</translation>
    </message>
    <message>
        <source>Save the keys</source>
        <translation>Die Schlüssel sichern</translation>
    </message>
    <message>
        <source>Nobody but you holds the keys of this account. If the password is forgotten or this disk is lost, a file with the exported keys and its passphrase are the only way back to your content. That is why it has to be written before anything can be protected. Keep it on another medium than this disk.</source>
        <translation>Niemand außer Ihnen hat die Schlüssel dieses Kontos. Ist das Passwort vergessen oder diese Platte verloren, führen nur eine Datei mit den exportierten Schlüsseln und ihre Passphrase zu Ihren Inhalten zurück. Deshalb muss sie geschrieben sein, bevor etwas geschützt werden kann. Bewahren Sie sie auf einem anderen Medium als dieser Platte auf.</translation>
    </message>
    <message>
        <source>Export keys to</source>
        <translation>Schlüssel exportieren nach</translation>
    </message>
    <message>
        <source>Exported keys (*.sspkeys)</source>
        <translation>Exportierte Schlüssel (*.sspkeys)</translation>
    </message>
    <message>
        <source>File for the exported keys</source>
        <translation>Datei für die exportierten Schlüssel</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>&amp;Passphrase:</translation>
    </message>
    <message>
        <source>Passphrase &amp;again:</source>
        <translation>Passphrase &amp;wiederholen:</translation>
    </message>
    <message>
        <source>&amp;Show passphrase</source>
        <translation>Passphrase &amp;zeigen</translation>
    </message>
    <message>
        <source>Choose a file for the keys.</source>
        <translation>Wählen Sie eine Datei für die Schlüssel.</translation>
    </message>
    <message>
        <source>The passphrase and its repetition differ, or are empty.</source>
        <translation>Die Passphrase und ihre Wiederholung sind verschieden oder leer.</translation>
    </message>
    <message>
        <source>Automatic backup</source>
        <translation>Automatische Sicherung</translation>
    </message>
    <message>
        <source>What protected files need to be opened also lies in a database on this disk. Choose a folder elsewhere, on another disk or one that is synchronised, and each session leaves a backup there that only your exported keys open. You may leave this empty and choose later in the Account menu.</source>
        <translation>Was zum Öffnen geschützter Dateien nötig ist, liegt auch in einer Datenbank auf dieser Platte. Wählen Sie einen Ordner anderswo, auf einer anderen Platte oder einen, der abgeglichen wird, und jede Anmeldung hinterlässt dort eine Sicherung, die nur Ihre exportierten Schlüssel öffnen. Sie können dies leer lassen und später im Menü „Konto“ wählen.</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>Ordner für Sicherungen</translation>
    </message>
    <message>
        <source>&amp;Folder (optional):</source>
        <translation>&amp;Ordner (freiwillig):</translation>
    </message>
    <message>
        <source>Welcome to SSProtect</source>
        <translation>Willkommen bei SSProtect</translation>
    </message>
    <message>
        <source>Keep files encrypted where they lie</source>
        <translation>Dateien an ihrem Ort verschlüsselt halten</translation>
    </message>
    <message>
        <source>&lt;p&gt;SSProtect encrypts a file in its own place: it keeps its name and its folder, and you go on double-clicking it. Every access is authorised and recorded.&lt;/p&gt;&lt;p&gt;The next pages make an account, save its keys in a file, and offer a backup. That takes about two minutes.&lt;/p&gt;&lt;p&gt;&lt;a href=&quot;import&quot;&gt;I have exported keys of an account already…&lt;/a&gt;&lt;/p&gt;</source>
        <translation>&lt;p&gt;SSProtect verschlüsselt eine Datei an ihrem Ort: Sie behält Namen und Ordner, und Sie öffnen sie weiter mit einem Doppelklick. Jeder Zugriff wird genehmigt und aufgezeichnet.&lt;/p&gt;&lt;p&gt;Die nächsten Seiten legen ein Konto an, sichern seine Schlüssel in einer Datei und bieten eine Sicherung an. Das dauert etwa zwei Minuten.&lt;/p&gt;&lt;p&gt;&lt;a href=&quot;import&quot;&gt;Ich habe schon exportierte Schlüssel eines Kontos …&lt;/a&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Create Account</source>
        <translation>&amp;Konto anlegen</translation>
    </message>
    <message>
        <source>&amp;Export Keys</source>
        <translation>Schlüssel e&amp;xportieren</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>&lt;p&gt;You are logged in. The shield in the tray shows it, and its menu holds everything: protect files with &lt;b&gt;Bulk Conversion&lt;/b&gt;, see them in &lt;b&gt;Managed Files/Restore&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Each time a protected file is opened you are asked whether you want that.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Sie sind angemeldet. Der Schild in der Leiste zeigt es, und sein Menü enthält alles: Dateien schützen Sie mit &lt;b&gt;Sammelumwandlung&lt;/b&gt;, Sie sehen sie in &lt;b&gt;Verwaltete Dateien/Wiederherstellen&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Immer wenn eine geschützte Datei geöffnet wird, werden Sie gefragt, ob Sie das wollen.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>mine</source>
        <translation>meine</translation>
    </message>
    <message>
        <source>shared with me</source>
        <translation>mit mir geteilt</translation>
    </message>
    <message>
        <source>foreign</source>
        <translation>fremd</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>geschützt</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>ungeschützt</translation>
    </message>
    <message>
        <source>not stored yet</source>
        <translation>noch nicht abgelegt</translation>
    </message>
    <message>
        <source>being protected</source>
        <translation>wird geschützt</translation>
    </message>
    <message>
        <source>Optimized</source>
        <translation>Optimized</translation>
    </message>
    <message>
        <source>Hybrid</source>
        <translation>Hybrid</translation>
    </message>
    <message>
        <source>Double</source>
        <translation>Double</translation>
    </message>
</context>
</TS>
