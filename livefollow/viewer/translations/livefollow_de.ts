<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>AnnotateMenu</name>
    <message>
        <source>&amp;Write on the Score</source>
        <translation>In die Noten &amp;schreiben</translation>
    </message>
    <message>
        <source>&amp;Pencil</source>
        <translation>&amp;Bleistift</translation>
    </message>
    <message>
        <source>&amp;Highlighter</source>
        <translation>&amp;Textmarker</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radiergummi</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>Te&amp;xt</translation>
    </message>
    <message>
        <source>&amp;Fingering</source>
        <translation>&amp;Fingersatz</translation>
    </message>
    <message>
        <source>&amp;Stamp</source>
        <translation>Ste&amp;mpel</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>F&amp;arbe</translation>
    </message>
    <message>
        <source>S&amp;ize</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>&amp;Undo Writing</source>
        <translation>Eintrag rüc&amp;kgängig</translation>
    </message>
    <message>
        <source>Ctrl+Z while you write</source>
        <translation>Strg+Z, solange Sie schreiben</translation>
    </message>
    <message>
        <source>&amp;Redo Writing</source>
        <translation>Eintrag &amp;wiederholen</translation>
    </message>
    <message>
        <source>Stop Writi&amp;ng</source>
        <translation>Schreiben been&amp;den</translation>
    </message>
    <message>
        <source>Esc while you write</source>
        <translation>Esc, solange Sie schreiben</translation>
    </message>
    <message>
        <source>Finger &amp;{}</source>
        <translation>Finger &amp;{}</translation>
    </message>
    <message>
        <source>&amp;Breath</source>
        <translation>&amp;Atemzeichen</translation>
    </message>
    <message>
        <source>&amp;Caesura</source>
        <translation>&amp;Zäsur</translation>
    </message>
    <message>
        <source>C&amp;ut</source>
        <translation>&amp;Strich (Sprung)</translation>
    </message>
    <message>
        <source>&amp;Eyeglasses: Watch Out</source>
        <translation>&amp;Brille: Aufpassen</translation>
    </message>
    <message>
        <source>B&amp;racket (Drag It as Long as You Like)</source>
        <translation>&amp;Klammer (so lang ziehen, wie sie sein soll)</translation>
    </message>
    <message>
        <source>&amp;Fine</source>
        <translation>&amp;Fein</translation>
    </message>
    <message>
        <source>&amp;Medium</source>
        <translation>&amp;Mittel</translation>
    </message>
    <message>
        <source>&amp;Broad</source>
        <translation>&amp;Breit</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Fingering</source>
        <translation>Fingersatz</translation>
    </message>
    <message>
        <source>Stamp</source>
        <translation>Stempel</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context><context>
    <name>Annotating</name>
    <message>
        <source>Erase Everything on This Pa&amp;ge</source>
        <translation>Alles auf dieser Se&amp;ite radieren</translation>
    </message>
    <message>
        <source>Take Over the PDF's &amp;Own Annotations</source>
        <translation>Eigene A&amp;nmerkungen der PDF übernehmen</translation>
    </message>
    <message>
        <source>Export with &amp;Annotations …</source>
        <translation>Mit &amp;Eintragungen exportieren …</translation>
    </message>
    <message>
        <source>That was on page {}.</source>
        <translation>Das war auf Seite {}.</translation>
    </message>
    <message>
        <source>This score has no annotations that can be taken over.</source>
        <translation>Diese Noten haben keine Anmerkungen, die sich übernehmen lassen.</translation>
    </message>
    <message>
        <source>Annotations taken over: {}. The PDF itself stays as it is.</source>
        <translation>Übernommene Anmerkungen: {}. Die PDF selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>{} (annotated)</source>
        <translation>{} (mit Eintragungen)</translation>
    </message>
    <message>
        <source>Export with Annotations</source>
        <translation>Mit Eintragungen exportieren</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>The copy is ready: {}</source>
        <translation>Die Kopie ist fertig: {}</translation>
    </message>
    <message>
        <source>The copy is being written.</source>
        <translation>Die Kopie wird geschrieben.</translation>
    </message>
</context><context>
    <name>Arranging</name>
    <message>
        <source>Arrange P&amp;ages …</source>
        <translation>S&amp;eiten anordnen …</translation>
    </message>
    <message>
        <source>This cannot be saved ({reason}).</source>
        <translation>Das lässt sich nicht speichern ({reason}).</translation>
    </message>
</context><context>
    <name>BarNumbers</name>
    <message>
        <source>No bar lines have been read: bars cannot be counted here.</source>
        <translation>Es wurden keine Taktstriche gelesen: Takte lassen sich hier nicht zählen.</translation>
    </message>
    <message>
        <source>There is no bar {}: {} to {} have been read.</source>
        <translation>Einen Takt {} gibt es nicht: gelesen wurden {} bis {}.</translation>
    </message>
    <message>
        <source>Go to bar ({} to {}):</source>
        <translation>Gehe zu Takt ({} bis {}):</translation>
    </message>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Zuerst auf eine Stelle in den Noten zeigen.</translation>
    </message>
    <message>
        <source>Page {} has not been read yet.</source>
        <translation>Seite {} ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>This Is Bar …</source>
        <translation>Das ist Takt …</translation>
    </message>
    <message>
        <source>Number of this bar (0 is an upbeat):</source>
        <translation>Nummer dieses Taktes (0 ist ein Auftakt):</translation>
    </message>
    <message>
        <source>This is bar {} from now on.</source>
        <translation>Das ist von nun an Takt {}.</translation>
    </message>
    <message>
        <source>Bars are numbered as they are printed and counted.</source>
        <translation>Die Takte sind nummeriert, wie sie gedruckt und gezählt sind.</translation>
    </message>
</context><context>
    <name>BeatLight</name>
    <message>
        <source>Metronome</source>
        <translation>Metronom</translation>
    </message>
</context><context>
    <name>Confidence</name>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>{} percent</source>
        <translation>{} Prozent</translation>
    </message>
    <message>
        <source>How sure the program is of the place: {} %</source>
        <translation>Wie sicher sich das Programm der Stelle ist: {} %</translation>
    </message>
</context><context>
    <name>ContinueChip</name>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>&amp;Continue on page {}</source>
        <translation>Weiter auf &amp;Seite {}</translation>
    </message>
</context><context>
    <name>ControlWords</name>
    <message>
        <source>Note {} of {}</source>
        <translation>Ton {} von {}</translation>
    </message>
    <message>
        <source>Program {} of {}</source>
        <translation>Programm {} von {}</translation>
    </message>
    <message>
        <source>Right pedal of {}</source>
        <translation>Rechtes Pedal von {}</translation>
    </message>
    <message>
        <source>Middle pedal of {}</source>
        <translation>Mittleres Pedal von {}</translation>
    </message>
    <message>
        <source>Left pedal of {}</source>
        <translation>Linkes Pedal von {}</translation>
    </message>
    <message>
        <source>Controller {} of {}</source>
        <translation>Controller {} von {}</translation>
    </message>
</context><context>
    <name>Covers</name>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>{} days ago</source>
        <translation>vor {} Tagen</translation>
    </message>
    <message>
        <source>no longer there</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>Bar {}, {}</source>
        <translation>Takt {}, {}</translation>
    </message>
</context><context>
    <name>CrashHandler</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ging schief</translation>
    </message>
    <message>
        <source>Something in livefollow went wrong that should not have. You can play on.</source>
        <translation>In livefollow ging etwas schief, das nicht schiefgehen sollte. Sie können weiterspielen.</translation>
    </message>
    <message>
        <source>What happened is written down in
{path}</source>
        <translation>Was geschah, steht in
{path}</translation>
    </message>
    <message>
        <source>Play On</source>
        <translation>Weiterspielen</translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation>Protokoll zeigen</translation>
    </message>
</context><context>
    <name>CropCanvas</name>
    <message>
        <source>Part of the page: left and right choose an edge, up and down move it</source>
        <translation>Teil der Seite: links und rechts wählen eine Kante, auf und ab verschieben sie</translation>
    </message>
</context><context>
    <name>CropDialog</name>
    <message>
        <source>Crop</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>Drag the edges around what you want to see.</source>
        <translation>Ziehen Sie die Kanten um das, was Sie sehen möchten.</translation>
    </message>
    <message>
        <source>The same on &amp;all pages of this size</source>
        <translation>Ebenso auf &amp;allen Seiten dieser Größe</translation>
    </message>
    <message>
        <source>The &amp;Whole Page</source>
        <translation>Die &amp;ganze Seite</translation>
    </message>
</context><context>
    <name>CursorMenu</name>
    <message>
        <source>Cur&amp;sor</source>
        <translation>C&amp;ursor</translation>
    </message>
    <message>
        <source>&amp;Glides Along</source>
        <translation>&amp;Gleitet mit</translation>
    </message>
    <message>
        <source>Goes from &amp;Note to Note</source>
        <translation>Geht von &amp;Note zu Note</translation>
    </message>
</context><context>
    <name>DeviceMenu</name>
    <message>
        <source>System &amp;Default</source>
        <translation>&amp;Vorgabe des Systems</translation>
    </message>
    <message>
        <source>{} (not there)</source>
        <translation>{} (nicht da)</translation>
    </message>
</context><context>
    <name>Doubts</name>
    <message>
        <source>Two pianists seem to share these pages. Which ones do you play?</source>
        <translation>Diese Seiten scheinen sich zwei Pianisten zu teilen. Welche spielen Sie?</translation>
    </message>
    <message>
        <source>Left pages (secondo)</source>
        <translation>Linke Seiten (Secondo)</translation>
    </message>
    <message>
        <source>Right pages (primo)</source>
        <translation>Rechte Seiten (Primo)</translation>
    </message>
    <message>
        <source>Fix staff detection</source>
        <translation>Notenlinien berichtigen</translation>
    </message>
</context><context>
    <name>FilmStatus</name>
    <message>
        <source>The film</source>
        <translation>Der Film</translation>
    </message>
    <message>
        <source>Give the film up</source>
        <translation>Den Film abbrechen</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Hide this</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>The film is ready</source>
        <translation>Der Film ist fertig</translation>
    </message>
</context><context>
    <name>Filming</name>
    <message>
        <source>Another film is still being made.</source>
        <translation>Es entsteht noch ein anderer Film.</translation>
    </message>
    <message>
        <source>The film is being made; you can play on.</source>
        <translation>Der Film entsteht; Sie können weiterspielen.</translation>
    </message>
    <message>
        <source>The film was given up.</source>
        <translation>Der Film wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The film is ready: {}</source>
        <translation>Der Film ist fertig: {}</translation>
    </message>
    <message>
        <source>The film could not be made. {}</source>
        <translation>Der Film ließ sich nicht machen. {}</translation>
    </message>
</context><context>
    <name>Following</name>
    <message>
        <source>Waiting for the first notes</source>
        <translation>Wartet auf die ersten Töne</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Liest mit</translation>
    </message>
    <message>
        <source>Holding</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Lost – listening</source>
        <translation>Verloren – hört zu</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Zu Ende</translation>
    </message>
    <message>
        <source>Unsure where</source>
        <translation>Unsicher, wo</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Reading the score</source>
        <translation>Noten werden gelesen</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>Hört nicht zu</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>Keine Noten</translation>
    </message>
    <message>
        <source>Waiting for you at bar {}</source>
        <translation>Wartet auf Sie in Takt {}</translation>
    </message>
    <message>
        <source>Waiting for you on page {}</source>
        <translation>Wartet auf Sie auf Seite {}</translation>
    </message>
    <message>
        <source>Page {} of {}</source>
        <translation>Seite {} von {}</translation>
    </message>
    <message>
        <source>Bar {} · {}</source>
        <translation>Takt {} · {}</translation>
    </message>
</context><context>
    <name>FullScreen</name>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>V&amp;ollbild</translation>
    </message>
    <message>
        <source>Leav&amp;e Full Screen</source>
        <translation>Vollbild &amp;verlassen</translation>
    </message>
</context><context>
    <name>GoMenu</name>
    <message>
        <source>Turn &amp;Forward</source>
        <translation>&amp;Vorblättern</translation>
    </message>
    <message>
        <source>Turn &amp;Back</source>
        <translation>&amp;Zurückblättern</translation>
    </message>
    <message>
        <source>Half a Page For&amp;ward</source>
        <translation>Eine hal&amp;be Seite weiter</translation>
    </message>
    <message>
        <source>&amp;Undo Turn</source>
        <translation>&amp;Umblättern zurücknehmen</translation>
    </message>
    <message>
        <source>To the &amp;Start</source>
        <translation>Zum A&amp;nfang</translation>
    </message>
    <message>
        <source>To the First &amp;Note</source>
        <translation>Zur ersten N&amp;ote</translation>
    </message>
    <message>
        <source>Set as St&amp;art</source>
        <translation>Als &amp;Anfang festlegen</translation>
    </message>
    <message>
        <source>&amp;Go to Bar …</source>
        <translation>Gehe zu &amp;Takt …</translation>
    </message>
    <message>
        <source>T&amp;his Is Bar …</source>
        <translation>Das ist Ta&amp;kt …</translation>
    </message>
    <message>
        <source>Turn by &amp;Itself</source>
        <translation>Selbsttätig u&amp;mblättern</translation>
    </message>
    <message>
        <source>Play &amp;Repeats</source>
        <translation>&amp;Wiederholungen spielen</translation>
    </message>
</context><context>
    <name>HelpMenu</name>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Show L&amp;og</source>
        <translation>&amp;Protokoll zeigen</translation>
    </message>
    <message>
        <source>&amp;About livefollow</source>
        <translation>&amp;Über livefollow</translation>
    </message>
    <message>
        <source>Click or tap on the score</source>
        <translation>Klick oder Tippen in die Noten</translation>
    </message>
    <message>
        <source>You play on from there</source>
        <translation>Von dort geht es weiter</translation>
    </message>
    <message>
        <source>Tap at the edge, click beside the page, swipe, wheel</source>
        <translation>Tippen am Rand, Klick neben die Seite, Wischen, Rad</translation>
    </message>
    <message>
        <source>Turn the page</source>
        <translation>Blättern</translation>
    </message>
    <message>
        <source>Wheel with Ctrl, two fingers apart or together</source>
        <translation>Mausrad mit Strg, zwei Finger auseinander oder zusammen</translation>
    </message>
    <message>
        <source>Larger or smaller</source>
        <translation>Größer oder kleiner</translation>
    </message>
    <message>
        <source>Two fingers over a page larger than the screen</source>
        <translation>Zwei Finger über eine Seite, die größer als der Bildschirm ist</translation>
    </message>
    <message>
        <source>Move the page</source>
        <translation>Die Seite verschieben</translation>
    </message>
    <message>
        <source>Drop files</source>
        <translation>Dateien ablegen</translation>
    </message>
    <message>
        <source>Open a score or a setlist; of several scores, make a setlist</source>
        <translation>Noten oder ein Programm öffnen; mehrere Noten werden ein Programm</translation>
    </message>
    <message>
        <source>About livefollow</source>
        <translation>Über livefollow</translation>
    </message>
    <message>
        <source>Listens to a pianist, follows in the picture of the score, and turns the page. What it hears and sees stays on this computer. After Henkel, Balke, Dorfer and Widmer: </source>
        <translation>Hört beim Klavierspielen zu, liest im Notenbild mit und blättert um. Was es hört und sieht, bleibt auf diesem Rechner. Nach Henkel, Balke, Dorfer und Widmer: </translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language changes when livefollow is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start von livefollow.</translation>
    </message>
</context><context>
    <name>KeptPages</name>
    <message>
        <source>Delete Kept Pa&amp;ges …</source>
        <translation>&amp;Gemerkte Seiten löschen …</translation>
    </message>
    <message>
        <source>Kept pages</source>
        <translation>Gemerkte Seiten</translation>
    </message>
    <message>
        <source>Delete what was read of your scores ({} MB)?</source>
        <translation>Löschen, was aus Ihren Noten gelesen wurde ({} MB)?</translation>
    </message>
    <message>
        <source>livefollow keeps what it read of a score, so that it is followed at once when it is opened again. Your corrections, places and settings stay.</source>
        <translation>livefollow merkt sich, was es in Noten gelesen hat, damit es ihnen sofort folgen kann, wenn sie wieder geöffnet werden. Ihre Korrekturen, Stellen und Einstellungen bleiben.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Not everything could be deleted: {}</source>
        <translation>Nicht alles konnte gelöscht werden: {}</translation>
    </message>
</context><context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Mouse and Touch</source>
        <translation>Maus und Berührung</translation>
    </message>
</context><context>
    <name>LevelMeter</name>
    <message>
        <source>Sound level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>How loud the sound input is.</source>
        <translation>Wie laut der Eingang ist.</translation>
    </message>
    <message>
        <source>Too loud: turn the input down.</source>
        <translation>Zu laut: den Eingang leiser stellen.</translation>
    </message>
    <message>
        <source>Nothing is heard.</source>
        <translation>Es ist nichts zu hören.</translation>
    </message>
</context><context>
    <name>Library</name>
    <message>
        <source>&amp;Open …</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Folder …</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>Biblio&amp;thek</translation>
    </message>
    <message>
        <source>Fix Staff &amp;Detection …</source>
        <translation>Noten&amp;linien berichtigen …</translation>
    </message>
    <message>
        <source>Setlist</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Replace the setlist of {} pieces by what was dropped?</source>
        <translation>Soll das Hereingezogene an die Stelle des Programms mit {} Stücken treten?</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>&amp;Add to It</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>The next piece of the setlist opens in a moment.</source>
        <translation>Gleich kommt das nächste Stück des Programms.</translation>
    </message>
    <message>
        <source>Se&amp;tlist</source>
        <translation>&amp;Programm</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>&amp;Pieces</source>
        <translation>Stü&amp;cke</translation>
    </message>
    <message>
        <source>Next Piece at the &amp;End</source>
        <translation>Nächstes Stück am &amp;Ende</translation>
    </message>
    <message>
        <source>{} is in the setlist.</source>
        <translation>{} steht im Programm.</translation>
    </message>
</context><context>
    <name>LibraryPage</name>
    <message>
        <source>Search for a title, composer or tag</source>
        <translation>Titel, Komponist oder Stichwort suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Which scores</source>
        <translation>Welche Noten</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By composer</source>
        <translation>Nach Komponist</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Nach Titel</translation>
    </message>
    <message>
        <source>Last practised</source>
        <translation>Zuletzt geübt</translation>
    </message>
    <message>
        <source>Fol&amp;ders</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>Zurück zur Seite</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Noten</translation>
    </message>
    <message>
        <source>Choose the folder in which your scores lie. They are listed here with their first pages, and new ones appear by themselves.</source>
        <translation>Wählen Sie den Ordner, in dem Ihre Noten liegen. Sie stehen dann hier mit ihren ersten Seiten, und neue kommen von selbst dazu.</translation>
    </message>
    <message>
        <source>&amp;Watch a Folder …</source>
        <translation>Ordner &amp;beobachten …</translation>
    </message>
    <message>
        <source>All scores</source>
        <translation>Alle Noten</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Lieblingsstücke</translation>
    </message>
    <message>
        <source>Watch a Folder</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <source>1 score</source>
        <translation>1 Stück</translation>
    </message>
    <message>
        <source>{} scores</source>
        <translation>{} Stücke</translation>
    </message>
    <message>
        <source>No Longer Watch {}</source>
        <translation>{} nicht mehr beobachten</translation>
    </message>
</context><context>
    <name>LinkBar</name>
    <message>
        <source>Drawing links</source>
        <translation>Verbindungen zeichnen</translation>
    </message>
    <message>
        <source>Click in the bar after which you leave.</source>
        <translation>Klicken Sie in den Takt, nach dem Sie die Stelle verlassen.</translation>
    </message>
    <message>
        <source>Now click in the bar where you go on.</source>
        <translation>Klicken Sie nun in den Takt, in dem es weitergeht.</translation>
    </message>
</context><context>
    <name>LinkMenu</name>
    <message>
        <source>Links: D.C., D.S., &amp;Coda</source>
        <translation>Verbindun&amp;gen: D.C., D.S., Coda</translation>
    </message>
    <message>
        <source>&amp;Draw Links</source>
        <translation>Verbindungen &amp;zeichnen</translation>
    </message>
    <message>
        <source>&amp;Stop Drawing Links</source>
        <translation>Zeichnen &amp;beenden</translation>
    </message>
    <message>
        <source>Esc while you draw</source>
        <translation>Esc, während Sie zeichnen</translation>
    </message>
    <message>
        <source>&amp;Leave Here</source>
        <translation>Hier ver&amp;lassen</translation>
    </message>
    <message>
        <source>&amp;Go On Here</source>
        <translation>Hier &amp;weiter</translation>
    </message>
    <message>
        <source>The Piece &amp;Ends Here (Fine)</source>
        <translation>Das Stück &amp;endet hier (Fine)</translation>
    </message>
    <message>
        <source>&amp;How Often the Link Here …</source>
        <translation>Wie &amp;oft die Verbindung hier …</translation>
    </message>
    <message>
        <source>&amp;Remove the Link Here</source>
        <translation>Verbindung hier ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Undo Change of Links</source>
        <translation>Änderung an Verbindungen &amp;rückgängig</translation>
    </message>
    <message>
        <source>Links as &amp;Printed</source>
        <translation>Verbindungen wie &amp;gedruckt</translation>
    </message>
</context><context>
    <name>LinkTags</name>
    <message>
        <source>page {}</source>
        <translation>Seite {}</translation>
    </message>
    <message>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <source>{} times</source>
        <translation>{}-mal</translation>
    </message>
    <message>
        <source>every time</source>
        <translation>jedes Mal</translation>
    </message>
    <message>
        <source>the last time</source>
        <translation>beim letzten Mal</translation>
    </message>
    <message>
        <source>only the 1st time</source>
        <translation>nur beim 1. Mal</translation>
    </message>
    <message>
        <source>only the 2nd time</source>
        <translation>nur beim 2. Mal</translation>
    </message>
    <message>
        <source>only the 3rd time</source>
        <translation>nur beim 3. Mal</translation>
    </message>
    <message>
        <source>only the 4th time</source>
        <translation>nur beim 4. Mal</translation>
    </message>
    <message>
        <source>only the 5th time</source>
        <translation>nur beim 5. Mal</translation>
    </message>
    <message>
        <source>&amp;Go There</source>
        <translation>Da&amp;hin gehen</translation>
    </message>
    <message>
        <source>&amp;Remove This Link</source>
        <translation>Diese Verbindung &amp;entfernen</translation>
    </message>
</context><context>
    <name>Looping</name>
    <message>
        <source>Loop from &amp;Here</source>
        <translation>Schleife ab &amp;hier</translation>
    </message>
    <message>
        <source>Loop &amp;to Here</source>
        <translation>Schleife b&amp;is hier</translation>
    </message>
    <message>
        <source>&amp;End the Loop</source>
        <translation>Schleife be&amp;enden</translation>
    </message>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Zuerst auf eine Stelle in den Noten zeigen.</translation>
    </message>
    <message>
        <source>The loop begins here. Now point at its end, or play to it, and choose “Loop to Here”.</source>
        <translation>Hier beginnt die Schleife. Nun auf ihr Ende zeigen oder bis dorthin spielen, und „Schleife bis hier“ wählen.</translation>
    </message>
    <message>
        <source>Choose the loop's start first.</source>
        <translation>Zuerst den Anfang der Schleife wählen.</translation>
    </message>
    <message>
        <source>A loop ends after it has begun.</source>
        <translation>Eine Schleife endet nach ihrem Anfang.</translation>
    </message>
    <message>
        <source>A click ends the loop</source>
        <translation>Ein Klick beendet die Schleife</translation>
    </message>
    <message>
        <source>The loop begins here</source>
        <translation>Die Schleife beginnt hier</translation>
    </message>
    <message>
        <source>Loop, {}</source>
        <translation>Schleife, {}</translation>
    </message>
    <message>
        <source>Loop, bar {}, {}</source>
        <translation>Schleife, Takt {}, {}</translation>
    </message>
    <message>
        <source>Loop, bars {}–{}, {}</source>
        <translation>Schleife, Takte {}–{}, {}</translation>
    </message>
    <message>
        <source>{}st time</source>
        <translation>{}. Mal</translation>
    </message>
    <message>
        <source>{}nd time</source>
        <translation>{}. Mal</translation>
    </message>
    <message>
        <source>{}rd time</source>
        <translation>{}. Mal</translation>
    </message>
    <message>
        <source>{}th time</source>
        <translation>{}. Mal</translation>
    </message>
</context><context>
    <name>MainBar</name>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Tool &amp;Bar</source>
        <translation>&amp;Werkzeugleiste</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <source>Following a score</source>
        <translation>Noten werden mitgelesen</translation>
    </message>
    <message>
        <source>Watch the &amp;Demo</source>
        <translation>Die &amp;Demo ansehen</translation>
    </message>
    <message>
        <source>&amp;Close Score</source>
        <translation>Noten s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Opening {} …</source>
        <translation>{} wird geöffnet …</translation>
    </message>
    <message>
        <source>{} – livefollow</source>
        <translation>{} – livefollow</translation>
    </message>
    <message>
        <source>Read {} of {} pages</source>
        <translation>Gelesen: {} von {}</translation>
    </message>
</context><context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Annotate</source>
        <translation>&amp;Eintragen</translation>
    </message>
    <message>
        <source>&amp;Sound</source>
        <translation>&amp;Ton</translation>
    </message>
    <message>
        <source>&amp;Practice</source>
        <translation>&amp;Üben</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context><context>
    <name>MicrophonePage</name>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Looking for microphones …</source>
        <translation>Mikrofone werden gesucht …</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Look &amp;Again</source>
        <translation>&amp;Erneut suchen</translation>
    </message>
    <message>
        <source>in use, or not to be opened</source>
        <translation>in Gebrauch oder nicht zu öffnen</translation>
    </message>
    <message>
        <source>System &amp;Default</source>
        <translation>&amp;Vorgabe des Systems</translation>
    </message>
    <message>
        <source>Level of {}</source>
        <translation>Pegel von {}</translation>
    </message>
    <message>
        <source>the system's default</source>
        <translation>Vorgabe des Systems</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in, and look again.</source>
        <translation>Es gibt kein Mikrofon. Schließen Sie eines an und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>It is too loud: turn the input down in the system's sound settings.</source>
        <translation>Es ist zu laut: Regeln Sie den Eingang in den Klangeinstellungen des Systems herunter.</translation>
    </message>
    <message>
        <source>Your microphone hears you. You can close this page and play.</source>
        <translation>Ihr Mikrofon hört Sie. Sie können diese Seite schließen und spielen.</translation>
    </message>
    <message>
        <source>{} hears you: choose it.</source>
        <translation>{} hört Sie: Wählen Sie es.</translation>
    </message>
    <message>
        <source>Play some notes: the meter of the microphone that hears you moves.</source>
        <translation>Spielen Sie ein paar Töne: Der Pegel des Mikrofons, das Sie hört, bewegt sich.</translation>
    </message>
</context><context>
    <name>NumberEntry</name>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
</context><context>
    <name>Openings</name>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
</context><context>
    <name>Overview</name>
    <message>
        <source>Overview of the piece</source>
        <translation>Übersicht des Stücks</translation>
    </message>
    <message>
        <source>The whole piece: a click goes there. Below, how sure the program was of your place.</source>
        <translation>Das ganze Stück: ein Klick führt dorthin. Darunter, wie sicher sich das Programm der Stelle war.</translation>
    </message>
    <message>
        <source>O&amp;verview</source>
        <translation>Über&amp;sicht</translation>
    </message>
</context><context>
    <name>OwnStart</name>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Zuerst auf eine Stelle in den Noten zeigen.</translation>
    </message>
    <message>
        <source>This score starts here from now on.</source>
        <translation>Diese Noten beginnen von nun an hier.</translation>
    </message>
</context><context>
    <name>PageArranger</name>
    <message>
        <source>Arrange Pages</source>
        <translation>Seiten anordnen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation>&amp;Früher</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>S&amp;päter</translation>
    </message>
    <message>
        <source>&amp;Hide or Show</source>
        <translation>Aus- oder ein&amp;blenden</translation>
    </message>
    <message>
        <source>&amp;Rotate</source>
        <translation>D&amp;rehen</translation>
    </message>
    <message>
        <source>&amp;Crop …</source>
        <translation>Zu&amp;schneiden …</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Rück&amp;gängig</translation>
    </message>
    <message>
        <source>As in the &amp;File</source>
        <translation>Wie in der Date&amp;i</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
</context><context>
    <name>PageChoice</name>
    <message>
        <source>Go to &amp;Page …</source>
        <translation>Zu &amp;Seite …</translation>
    </message>
    <message>
        <source>To the &amp;Last Page</source>
        <translation>Zur &amp;letzten Seite</translation>
    </message>
    <message>
        <source>Boo&amp;kmark This Page …</source>
        <translation>Lesezei&amp;chen auf dieser Seite …</translation>
    </message>
    <message>
        <source>Book&amp;marks</source>
        <translation>Leseze&amp;ichen</translation>
    </message>
    <message>
        <source>The bookmark on page {} is removed.</source>
        <translation>Das Lesezeichen auf Seite {} ist entfernt.</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Name of the bookmark on page {}:</source>
        <translation>Name des Lesezeichens auf Seite {}:</translation>
    </message>
    <message>
        <source>Page {}</source>
        <translation>Seite {}</translation>
    </message>
    <message>
        <source>Remove the Boo&amp;kmark Here</source>
        <translation>Lesezei&amp;chen hier entfernen</translation>
    </message>
</context><context>
    <name>PageGrid</name>
    <message>
        <source>Go to Page</source>
        <translation>Gehe zu Seite</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context><context>
    <name>PageMenu</name>
    <message>
        <source>Bar {}</source>
        <translation>Takt {}</translation>
    </message>
    <message>
        <source>T&amp;his Is Bar …</source>
        <translation>Das ist Ta&amp;kt …</translation>
    </message>
    <message>
        <source>Number the Bars as &amp;Printed</source>
        <translation>Takte wie ge&amp;druckt nummerieren</translation>
    </message>
</context><context>
    <name>PageNotice</name>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Weglegen</translation>
    </message>
</context><context>
    <name>PageTurner</name>
    <message>
        <source>The last turn was taken back.</source>
        <translation>Das letzte Umblättern wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>There is no turn to take back.</source>
        <translation>Es gibt kein Umblättern zurückzunehmen.</translation>
    </message>
    <message>
        <source>Page {} has not been read yet.</source>
        <translation>Seite {} ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>From here: play on when you like.</source>
        <translation>Von hier geht es weiter, wann Sie wollen.</translation>
    </message>
</context><context>
    <name>PageView</name>
    <message>
        <source>Score</source>
        <translation>Noten</translation>
    </message>
</context><context>
    <name>Pedals</name>
    <message>
        <source>Pedals and Ke&amp;ys …</source>
        <translation>&amp;Pedale und Tasten …</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>Nichts tun</translation>
    </message>
</context><context>
    <name>PedalsPage</name>
    <message>
        <source>Pedals and Keys</source>
        <translation>Pedale und Tasten</translation>
    </message>
    <message>
        <source>What it shall do</source>
        <translation>Was es tun soll</translation>
    </message>
    <message>
        <source>&amp;Assign</source>
        <translation>&amp;Zuweisen</translation>
    </message>
    <message>
        <source>Then choose what it shall do.</source>
        <translation>Dann wählen Sie, was es tun soll.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>What you have assigned</source>
        <translation>Was Sie zugewiesen haben</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>MIDI devices</source>
        <translation>MIDI-Geräte</translation>
    </message>
    <message>
        <source>It &amp;shall:</source>
        <translation>Es &amp;soll:</translation>
    </message>
    <message>
        <source>&amp;Yours, beside the keys that F1 lists:</source>
        <translation>&amp;Ihre, neben den Tasten, die F1 zeigt:</translation>
    </message>
    <message>
        <source>As &amp;Delivered</source>
        <translation>&amp;Wie geliefert</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>MIDI: {}</source>
        <translation>MIDI: {}</translation>
    </message>
    <message>
        <source>MIDI: no device is plugged in</source>
        <translation>MIDI: Es ist kein Gerät angeschlossen</translation>
    </message>
    <message>
        <source>Menus and dialogs need this key: it cannot be assigned.</source>
        <translation>Menüs und Dialoge brauchen diese Taste: Sie lässt sich nicht zuweisen.</translation>
    </message>
    <message>
        <source>You play with this pedal: it would act each time. Better take the left or middle one.</source>
        <translation>Mit diesem Pedal spielen Sie: Es würde jedes Mal wirken. Nehmen Sie besser das linke oder mittlere.</translation>
    </message>
    <message>
        <source>Now: {}</source>
        <translation>Jetzt: {}</translation>
    </message>
    <message>
        <source>Now: nothing</source>
        <translation>Jetzt: nichts</translation>
    </message>
    <message>
        <source>{} was for “{}”; that has it no longer.</source>
        <translation>{} gehörte zu „{}“; dort gilt die Taste nicht mehr.</translation>
    </message>
    <message>
        <source>{} is assigned.</source>
        <translation>{} ist zugewiesen.</translation>
    </message>
</context><context>
    <name>Practice</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Play the Take</source>
        <translation>Aufnahme abspielen</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Aufnehmen</translation>
    </message>
    <message>
        <source>Re&amp;play …</source>
        <translation>A&amp;bspielen …</translation>
    </message>
    <message>
        <source>Play the T&amp;ake</source>
        <translation>Die Aufnahme abs&amp;pielen</translation>
    </message>
    <message>
        <source>Make a &amp;Film of a Recording …</source>
        <translation>&amp;Film aus einer Aufnahme machen …</translation>
    </message>
    <message>
        <source>Keep Recordings &amp;in …</source>
        <translation>Ab&amp;lageort der Aufnahmen …</translation>
    </message>
    <message>
        <source>Open a score first.</source>
        <translation>Zuerst Noten öffnen.</translation>
    </message>
    <message>
        <source>Recorded: {}</source>
        <translation>Aufgenommen: {}</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Make a Film of a Recording</source>
        <translation>Film aus einer Aufnahme machen</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Films (*.mp4 *.mkv *.mov)</source>
        <translation>Filme (*.mp4 *.mkv *.mov)</translation>
    </message>
    <message>
        <source>Keep Recordings in</source>
        <translation>Ablageort der Aufnahmen</translation>
    </message>
    <message>
        <source>Recordings (*.wav)</source>
        <translation>Aufnahmen (*.wav)</translation>
    </message>
</context><context>
    <name>PracticeReport</name>
    <message>
        <source>{} seconds</source>
        <translation>{} Sekunden</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>{} minutes</source>
        <translation>{} Minuten</translation>
    </message>
    <message>
        <source>bar {}: {} times</source>
        <translation>Takt {}: {}-mal</translation>
    </message>
    <message>
        <source>bars {}–{}: {} times</source>
        <translation>Takte {}–{}: {}-mal</translation>
    </message>
    <message>
        <source>most stops before bar {}</source>
        <translation>am öftesten gestockt vor Takt {}</translation>
    </message>
    <message>
        <source>most stops in bar {}</source>
        <translation>am öftesten gestockt in Takt {}</translation>
    </message>
    <message>
        <source>Bar {}</source>
        <translation>Takt {}</translation>
    </message>
    <message>
        <source>{}: not played</source>
        <translation>{}: nicht gespielt</translation>
    </message>
    <message>
        <source>Played once</source>
        <translation>Einmal gespielt</translation>
    </message>
    <message>
        <source>Played {} times</source>
        <translation>{}-mal gespielt</translation>
    </message>
    <message>
        <source>Followed with doubt: no figures</source>
        <translation>Unsicher verfolgt: keine Angaben</translation>
    </message>
    <message>
        <source>1 stop</source>
        <translation>1-mal gestockt</translation>
    </message>
    <message>
        <source>{} stops</source>
        <translation>{}-mal gestockt</translation>
    </message>
    <message>
        <source>Gone back from here once</source>
        <translation>Einmal von hier zurückgegangen</translation>
    </message>
    <message>
        <source>Gone back from here {} times</source>
        <translation>{}-mal von hier zurückgegangen</translation>
    </message>
    <message>
        <source>♩ = {}</source>
        <translation>♩ = {}</translation>
    </message>
    <message>
        <source>Pra&amp;ctice Report</source>
        <translation>Übebe&amp;richt</translation>
    </message>
    <message>
        <source>&amp;Keep Every Session</source>
        <translation>Je&amp;de Sitzung behalten</translation>
    </message>
    <message>
        <source>For&amp;get Kept Sessions …</source>
        <translation>Behaltene Si&amp;tzungen vergessen …</translation>
    </message>
    <message>
        <source>No bar lines have been read: there is nothing to report yet.</source>
        <translation>Es sind keine Taktstriche gelesen: Noch gibt es nichts zu berichten.</translation>
    </message>
    <message>
        <source>Play first: the report tells of what was played since the score was opened.</source>
        <translation>Spielen Sie zuerst: Der Bericht erzählt von dem, was gespielt wurde, seit die Noten offen sind.</translation>
    </message>
    <message>
        <source>This was not recorded: choose Record before you play, to hear it from here.</source>
        <translation>Das wurde nicht aufgenommen: Wählen Sie Aufnehmen, bevor Sie spielen, um es von hier zu hören.</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF-Dateien (*.pdf)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>Export the Report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>The report is written: {}</source>
        <translation>Der Bericht ist geschrieben: {}</translation>
    </message>
    <message>
        <source>Kept Sessions</source>
        <translation>Behaltene Sitzungen</translation>
    </message>
    <message>
        <source>Remove the {} sessions that were kept, of all scores?</source>
        <translation>Die {} behaltenen Sitzungen aller Noten löschen?</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>All kept sessions are removed.</source>
        <translation>Alle behaltenen Sitzungen sind gelöscht.</translation>
    </message>
</context><context>
    <name>PressField</name>
    <message>
        <source>What was pressed</source>
        <translation>Was gedrückt wurde</translation>
    </message>
    <message>
        <source>Press a pedal or a key</source>
        <translation>Drücken Sie ein Pedal oder eine Taste</translation>
    </message>
    <message>
        <source>{}, {} times</source>
        <translation>{}, {}-mal</translation>
    </message>
</context><context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>{title} (missing)</source>
        <translation>{title} (fehlt)</translation>
    </message>
    <message>
        <source>No score has been opened yet</source>
        <translation>Noch keine Noten geöffnet</translation>
    </message>
    <message>
        <source>Remove &amp;Missing Ones</source>
        <translation>&amp;Fehlende entfernen</translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation>&amp;Liste leeren</translation>
    </message>
</context><context>
    <name>Replaying</name>
    <message>
        <source>Pa&amp;use the Replay</source>
        <translation>&amp;Wiedergabe anhalten</translation>
    </message>
    <message>
        <source>Replay: 5 s &amp;Back</source>
        <translation>Wiedergabe: 5 s &amp;zurück</translation>
    </message>
    <message>
        <source>Replay: 5 s F&amp;orward</source>
        <translation>Wiedergabe: 5 s &amp;vor</translation>
    </message>
    <message>
        <source>Replay S&amp;lower</source>
        <translation>Wiedergabe lan&amp;gsamer</translation>
    </message>
    <message>
        <source>Replay Fa&amp;ster</source>
        <translation>Wiedergabe s&amp;chneller</translation>
    </message>
    <message>
        <source>Open a score first.</source>
        <translation>Zuerst Noten öffnen.</translation>
    </message>
    <message>
        <source>A click on the score plays on from there.</source>
        <translation>Ein Klick in die Noten spielt von dort weiter.</translation>
    </message>
    <message>
        <source>Nothing was played there in this recording.</source>
        <translation>Dort wurde in dieser Aufnahme nichts gespielt.</translation>
    </message>
</context><context>
    <name>ReportDialog</name>
    <message>
        <source>Report a Problem</source>
        <translation>Problem melden</translation>
    </message>
    <message>
        <source>This is what livefollow knows about the problem. Nothing of it has been sent. Read it, add what you did and what you expected, and send it to whom you like.</source>
        <translation>Das weiß livefollow über das Problem. Nichts davon wurde gesendet. Lesen Sie es, ergänzen Sie, was Sie getan und was Sie erwartet haben, und senden Sie es, wem Sie möchten.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Save …</source>
        <translation>&amp;Speichern …</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Saved as {}.</source>
        <translation>Gespeichert als {}.</translation>
    </message>
    <message>
        <source>It cannot be saved: {}.</source>
        <translation>Speichern ist nicht möglich: {}.</translation>
    </message>
    <message>
        <source>Save the Report</source>
        <translation>Bericht speichern</translation>
    </message>
</context><context>
    <name>ReportPage</name>
    <message>
        <source>Practice report</source>
        <translation>Übebericht</translation>
    </message>
    <message>
        <source>&amp;Keep This Session</source>
        <translation>Diese Sitzung &amp;behalten</translation>
    </message>
    <message>
        <source>To compare later sessions with it; it stays on this computer</source>
        <translation>Um spätere Sitzungen damit zu vergleichen; sie bleibt auf diesem Rechner</translation>
    </message>
    <message>
        <source>&amp;PDF …</source>
        <translation>&amp;PDF …</translation>
    </message>
    <message>
        <source>&amp;CSV …</source>
        <translation>&amp;CSV …</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>Zurück zur Seite</translation>
    </message>
    <message>
        <source>What the colours mean</source>
        <translation>Was die Farben bedeuten</translation>
    </message>
    <message>
        <source>Tempo of the bars</source>
        <translation>Tempo der Takte</translation>
    </message>
    <message>
        <source>Minutes by piece and week</source>
        <translation>Minuten nach Stück und Woche</translation>
    </message>
    <message>
        <source>Tempo, ♩ per minute</source>
        <translation>Tempo, ♩ pro Minute</translation>
    </message>
    <message>
        <source>this time</source>
        <translation>dieses Mal</translation>
    </message>
    <message>
        <source>the last times</source>
        <translation>die letzten Male</translation>
    </message>
    <message>
        <source>fluent</source>
        <translation>flüssig</translation>
    </message>
    <message>
        <source>hesitating</source>
        <translation>stockend</translation>
    </message>
    <message>
        <source>followed with doubt</source>
        <translation>unsicher verfolgt</translation>
    </message>
    <message>
        <source>gone back</source>
        <translation>zurückgegangen</translation>
    </message>
    <message>
        <source>Minutes, by week</source>
        <translation>Minuten je Woche</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
</context><context>
    <name>Reports</name>
    <message>
        <source>Report a &amp;Problem …</source>
        <translation>Problem m&amp;elden …</translation>
    </message>
    <message>
        <source>Something went wrong when livefollow was used last: see Help, Report a Problem.</source>
        <translation>Als livefollow zuletzt benutzt wurde, ging etwas schief: siehe Hilfe, Problem melden.</translation>
    </message>
</context><context>
    <name>Rewinding</name>
    <message>
        <source>Back to the Start at the En&amp;d</source>
        <translation>Am En&amp;de zurück zum Anfang</translation>
    </message>
    <message>
        <source>Back at the start.</source>
        <translation>Wieder am Anfang.</translation>
    </message>
</context><context>
    <name>ScoreCard</name>
    <message>
        <source>exam, sight-reading, …</source>
        <translation>Prüfung, Blattspiel, …</translation>
    </message>
    <message>
        <source>&amp;Favourite</source>
        <translation>&amp;Lieblingsstück</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Add to the Setlist</source>
        <translation>Zum &amp;Programm hinzufügen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>Komponist</translation>
    </message>
    <message>
        <source>Tags, with commas between</source>
        <translation>Stichwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>Braucht ein Passwort</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Seite</translation>
    </message>
    <message>
        <source>{} pages</source>
        <translation>{} Seiten</translation>
    </message>
</context><context>
    <name>ScoreLinks</name>
    <message>
        <source>Leave here. Now the place where you go on.</source>
        <translation>Hier verlassen. Jetzt die Stelle, an der es weitergeht.</translation>
    </message>
    <message>
        <source>Go on here. Now the place that you come from.</source>
        <translation>Hier geht es weiter. Jetzt die Stelle, von der Sie kommen.</translation>
    </message>
    <message>
        <source>The piece ends here, the last time.</source>
        <translation>Hier endet das Stück beim letzten Mal.</translation>
    </message>
    <message>
        <source>The link is removed.</source>
        <translation>Die Verbindung ist entfernt.</translation>
    </message>
    <message>
        <source>There is no link in this score.</source>
        <translation>In diesen Noten gibt es keine Verbindung.</translation>
    </message>
    <message>
        <source>Links are as they are printed.</source>
        <translation>Die Verbindungen sind wie gedruckt.</translation>
    </message>
    <message>
        <source>There is no change of links to undo.</source>
        <translation>Es gibt keine Änderung an Verbindungen, die man zurücknehmen könnte.</translation>
    </message>
    <message>
        <source>The last change of links is undone.</source>
        <translation>Die letzte Änderung an Verbindungen ist zurückgenommen.</translation>
    </message>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Zeigen Sie zuerst auf eine Stelle in den Noten.</translation>
    </message>
    <message>
        <source>This link leads to where the music goes on anyway.</source>
        <translation>Diese Verbindung führt dorthin, wo es ohnehin weitergeht.</translation>
    </message>
    <message>
        <source>livefollow turns to there in time. Click the mark to set how often.</source>
        <translation>livefollow blättert rechtzeitig dorthin. Ein Klick auf das Schildchen sagt, wie oft.</translation>
    </message>
    <message>
        <source>Page {} has not been read yet.</source>
        <translation>Seite {} ist noch nicht gelesen.</translation>
    </message>
</context><context>
    <name>Session</name>
    <message>
        <source>The recording is over; choose an input in the menu Sound.</source>
        <translation>Die Aufnahme ist zu Ende; wählen Sie im Menü Ton einen Eingang.</translation>
    </message>
    <message>
        <source>Held notes seem to be swallowed: switch off the noise suppression in the system's sound settings.</source>
        <translation>Gehaltene Töne scheinen verschluckt zu werden: schalten Sie in den Toneinstellungen des Systems die Rauschunterdrückung aus.</translation>
    </message>
</context><context>
    <name>SetlistPanel</name>
    <message>
        <source>Setlist</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Pieces of the setlist</source>
        <translation>Stücke des Programms</translation>
    </message>
    <message>
        <source>Add the scores you are going to play, in their order.</source>
        <translation>Hier kommen die Noten hinein, in der Reihenfolge, in der sie gespielt werden.</translation>
    </message>
    <message>
        <source>&amp;Next Piece</source>
        <translation>&amp;Nächstes Stück</translation>
    </message>
    <message>
        <source>Pre&amp;vious Piece</source>
        <translation>&amp;Voriges Stück</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>S&amp;ave …</source>
        <translation>&amp;Sichern …</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hinauf</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Hinunter</translation>
    </message>
    <message>
        <source>{title} (missing)</source>
        <translation>{title} (fehlt)</translation>
    </message>
    <message>
        <source>{path} is no longer there; remove it from the setlist.</source>
        <translation>{path} ist nicht mehr da; nehmen Sie es aus dem Programm.</translation>
    </message>
    <message>
        <source>Add Scores to the Setlist</source>
        <translation>Noten ins Programm aufnehmen</translation>
    </message>
    <message>
        <source>Open Setlist</source>
        <translation>Programm öffnen</translation>
    </message>
    <message>
        <source>Save Setlist</source>
        <translation>Programm sichern</translation>
    </message>
</context><context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Turn before the page is over:</source>
        <translation>&amp;Umblättern vor dem Seitenende:</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Another …</source>
        <translation>Andere …</translation>
    </message>
    <message>
        <source>&amp;Colour of the highlight:</source>
        <translation>&amp;Farbe der Hervorhebung:</translation>
    </message>
    <message>
        <source>&amp;Strength:</source>
        <translation>&amp;Stärke:</translation>
    </message>
    <message>
        <source>Seconds before the page is over</source>
        <translation>Sekunden vor dem Seitenende</translation>
    </message>
    <message>
        <source>Colour of the highlight</source>
        <translation>Farbe der Hervorhebung</translation>
    </message>
    <message>
        <source>Strength of the highlight, percent</source>
        <translation>Stärke der Hervorhebung, Prozent</translation>
    </message>
    <message>
        <source>{:.1f} seconds at your tempo</source>
        <translation>{:.1f} Sekunden im gespielten Tempo</translation>
    </message>
    <message>
        <source>Colour of the Highlight</source>
        <translation>Farbe der Hervorhebung</translation>
    </message>
</context><context>
    <name>Sheets</name>
    <message>
        <source>Ro&amp;tate Page</source>
        <translation>Seite &amp;drehen</translation>
    </message>
    <message>
        <source>&amp;Clockwise</source>
        <translation>&amp;Im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>Counter-Clock&amp;wise</source>
        <translation>&amp;Gegen den Uhrzeigersinn</translation>
    </message>
    <message>
        <source>&amp;Upside Down</source>
        <translation>Auf den &amp;Kopf</translation>
    </message>
    <message>
        <source>&amp;All Pages Clockwise</source>
        <translation>&amp;Alle Seiten im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>All &amp;Pages Counter-Clockwise</source>
        <translation>Alle &amp;Seiten gegen den Uhrzeigersinn</translation>
    </message>
    <message>
        <source>All Pages Upside &amp;Down</source>
        <translation>Alle Seiten auf d&amp;en Kopf</translation>
    </message>
    <message>
        <source>M&amp;y Pages</source>
        <translation>&amp;Meine Seiten</translation>
    </message>
    <message>
        <source>I Play &amp;All Pages</source>
        <translation>Ich spiele &amp;alle Seiten</translation>
    </message>
    <message>
        <source>I Play the &amp;Left Pages (Secondo)</source>
        <translation>Ich spiele die &amp;linken Seiten (Secondo)</translation>
    </message>
    <message>
        <source>I Play the &amp;Right Pages (Primo)</source>
        <translation>Ich spiele die &amp;rechten Seiten (Primo)</translation>
    </message>
    <message>
        <source>This cannot be saved ({reason}).</source>
        <translation>Das kann nicht gespeichert werden ({reason}).</translation>
    </message>
</context><context>
    <name>SoundControls</name>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>&amp;Input</source>
        <translation>&amp;Eingang</translation>
    </message>
    <message>
        <source>&amp;Microphone …</source>
        <translation>Mi&amp;krofon …</translation>
    </message>
    <message>
        <source>&amp;Tuning</source>
        <translation>&amp;Stimmung</translation>
    </message>
    <message>
        <source>P&amp;ause Following</source>
        <translation>&amp;Mitlesen anhalten</translation>
    </message>
    <message>
        <source>&amp;Performance (Delay and CPU)</source>
        <translation>&amp;Leistung (Verzögerung und CPU)</translation>
    </message>
    <message>
        <source>Listening to {}; Sound, Microphone shows whether it hears you.</source>
        <translation>Gehört wird {}; unter Ton, Mikrofon sehen Sie, ob es Sie hört.</translation>
    </message>
    <message>
        <source> · {} late</source>
        <translation> · {} verspätet</translation>
    </message>
    <message>
        <source>{} ms (p99 {}) · {} % CPU</source>
        <translation>{} ms (p99 {}) · {} % CPU</translation>
    </message>
</context><context>
    <name>Stand</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context><context>
    <name>StatusBar</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>Menüs</translation>
    </message>
</context><context>
    <name>SystemsCanvas</name>
    <message>
        <source>Page with its systems</source>
        <translation>Seite mit ihren Systemen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
</context><context>
    <name>SystemsEditor</name>
    <message>
        <source>Fix Staff Detection</source>
        <translation>Notenlinien berichtigen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Page </source>
        <translation>Seite </translation>
    </message>
    <message>
        <source> of {count}</source>
        <translation> von {count}</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Systems of the page</source>
        <translation>Systeme der Seite</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Skip this system</source>
        <translation>&amp;System überspringen</translation>
    </message>
    <message>
        <source>Staves: </source>
        <translation>Notenzeilen: </translation>
    </message>
    <message>
        <source>Number of staves</source>
        <translation>Zahl der Notenzeilen</translation>
    </message>
    <message>
        <source>As &amp;Detected</source>
        <translation>Wie er&amp;kannt</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Zurücknehmen</translation>
    </message>
    <message>
        <source>Each box reaches from the highest to the lowest staff line of a system. Drag its edges, or draw a new box around the staves of a system: it takes the staves that are seen in it. Arrow keys move it, with Shift they stretch it. Everything is saved at once.</source>
        <translation>Jeder Rahmen reicht von der obersten bis zur untersten Notenlinie eines Systems. Ziehen Sie seine Kanten, oder zeichnen Sie einen neuen um die Notenzeilen eines Systems: Er übernimmt die Notenzeilen, die darin zu sehen sind. Pfeiltasten verschieben ihn, mit der Umschalttaste ändern sie seine Größe. Alles wird sofort gespeichert.</translation>
    </message>
    <message>
        <source>The correction cannot be saved ({reason}).</source>
        <translation>Die Berichtigung lässt sich nicht sichern ({reason}).</translation>
    </message>
    <message>
        <source>System {number}, skipped</source>
        <translation>System {number}, übersprungen</translation>
    </message>
    <message>
        <source>System {number}</source>
        <translation>System {number}</translation>
    </message>
</context><context>
    <name>SystemsLoader</name>
    <message>
        <source>This page cannot be shown; the log says more.</source>
        <translation>Diese Seite lässt sich nicht zeigen; im Protokoll steht mehr.</translation>
    </message>
</context><context>
    <name>TempoPage</name>
    <message>
        <source>Tempo and Ladder</source>
        <translation>Tempo und Leiter</translation>
    </message>
    <message>
        <source>♩ = {}, as it is printed here</source>
        <translation>♩ = {}, wie es hier gedruckt steht</translation>
    </message>
    <message>
        <source>No metronome mark can be read here: give the tempo yourself.</source>
        <translation>Hier lässt sich keine Metronomangabe lesen: Geben Sie das Tempo an.</translation>
    </message>
    <message>
        <source>as printed</source>
        <translation>wie gedruckt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Tempo of the piece, quarter notes a minute</source>
        <translation>Tempo des Stücks, Viertel in der Minute</translation>
    </message>
    <message>
        <source>&amp;Tempo of the piece (♩):</source>
        <translation>&amp;Tempo des Stücks (♩):</translation>
    </message>
    <message>
        <source>Sound and light</source>
        <translation>Ton und Licht</translation>
    </message>
    <message>
        <source>Light only</source>
        <translation>Nur Licht</translation>
    </message>
    <message>
        <source>A bar before, and while you play</source>
        <translation>Einen Takt vorher, und während Sie spielen</translation>
    </message>
    <message>
        <source>Only a bar before</source>
        <translation>Nur einen Takt vorher</translation>
    </message>
    <message>
        <source>Only while you play</source>
        <translation>Nur während Sie spielen</translation>
    </message>
    <message>
        <source>quarter notes</source>
        <translation>Viertel</translation>
    </message>
    <message>
        <source>&amp;Metronome:</source>
        <translation>&amp;Metronom:</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>Metronom</translation>
    </message>
    <message>
        <source>It &amp;beats:</source>
        <translation>Es schl&amp;ägt:</translation>
    </message>
    <message>
        <source>When it beats</source>
        <translation>Wann es schlägt</translation>
    </message>
    <message>
        <source>&amp;Volume:</source>
        <translation>&amp;Lautstärke:</translation>
    </message>
    <message>
        <source>Volume, percent</source>
        <translation>Lautstärke, Prozent</translation>
    </message>
    <message>
        <source>B&amp;eats in a bar:</source>
        <translation>S&amp;chläge im Takt:</translation>
    </message>
    <message>
        <source>Beats in a bar</source>
        <translation>Schläge im Takt</translation>
    </message>
    <message>
        <source>A loop goes &amp;up after each pass without a stop</source>
        <translation>Eine Schleife steigt &amp;nach jedem Durchgang ohne Halt</translation>
    </message>
    <message>
        <source>&amp;from</source>
        <translation>&amp;von</translation>
    </message>
    <message>
        <source>First tempo of the ladder</source>
        <translation>Erstes Tempo der Leiter</translation>
    </message>
    <message>
        <source>t&amp;o</source>
        <translation>&amp;bis</translation>
    </message>
    <message>
        <source>Last tempo of the ladder</source>
        <translation>Letztes Tempo der Leiter</translation>
    </message>
    <message>
        <source>&amp;in steps:</source>
        <translation>in &amp;Stufen:</translation>
    </message>
    <message>
        <source>Tempi of the ladder</source>
        <translation>Tempi der Leiter</translation>
    </message>
</context><context>
    <name>TempoPractice</name>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Your tempo, and in brackets the one to be played</source>
        <translation>Ihr Tempo, in Klammern das gewünschte</translation>
    </message>
    <message>
        <source>&amp;Metronome</source>
        <translation>&amp;Metronom</translation>
    </message>
    <message>
        <source>Tempo an&amp;d Ladder …</source>
        <translation>Tempo &amp;und Leiter …</translation>
    </message>
    <message>
        <source>Sho&amp;w the Tempo</source>
        <translation>Temp&amp;o anzeigen</translation>
    </message>
    <message>
        <source>{} of {} at {}</source>
        <translation>{} von {} bei {}</translation>
    </message>
    <message>
        <source>No tempo is known: give one.</source>
        <translation>Es ist kein Tempo bekannt: Geben Sie eines an.</translation>
    </message>
    <message>
        <source>♩ = {} ({})</source>
        <translation>♩ = {} ({})</translation>
    </message>
    <message>
        <source>♩ = {}</source>
        <translation>♩ = {}</translation>
    </message>
</context><context>
    <name>TextEntry</name>
    <message>
        <source>Text on the page</source>
        <translation>Text in den Noten</translation>
    </message>
</context><context>
    <name>Transport</name>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Pause or play on</source>
        <translation>Anhalten oder weiterspielen</translation>
    </message>
    <message>
        <source>Place in the recording</source>
        <translation>Stelle in der Aufnahme</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Slower, at the same pitch</source>
        <translation>Langsamer, bei gleicher Tonhöhe</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
    <message>
        <source>End the replay</source>
        <translation>Wiedergabe beenden</translation>
    </message>
</context><context>
    <name>TuningMenu</name>
    <message>
        <source>&amp;Other …</source>
        <translation>&amp;Andere …</translation>
    </message>
    <message>
        <source>As It &amp;Sounds (A = {} Hz)</source>
        <translation>Wie sie &amp;klingt (a = {} Hz)</translation>
    </message>
    <message>
        <source>A = {} Hz</source>
        <translation>a = {} Hz</translation>
    </message>
    <message>
        <source>Tuning</source>
        <translation>Stimmung</translation>
    </message>
    <message>
        <source>The instrument's A, in Hz:</source>
        <translation>Das a des Instruments, in Hz:</translation>
    </message>
</context><context>
    <name>ViewMenu</name>
    <message>
        <source>&amp;Layout</source>
        <translation>&amp;Anordnung</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatisch</translation>
    </message>
    <message>
        <source>&amp;Half-Turns</source>
        <translation>&amp;Halb umblättern</translation>
    </message>
    <message>
        <source>&amp;Two Pages Side by Side</source>
        <translation>&amp;Zwei Seiten nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Single Page</source>
        <translation>&amp;Einzelne Seite</translation>
    </message>
    <message>
        <source>Fit &amp;Width, by System</source>
        <translation>Breite aus&amp;füllen, systemweise</translation>
    </message>
    <message>
        <source>La&amp;rger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>S&amp;maller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <source>&amp;Fit the Window</source>
        <translation>Ins &amp;Fenster einpassen</translation>
    </message>
    <message>
        <source>Leave &amp;Out Empty Margins</source>
        <translation>&amp;Leere Ränder weglassen</translation>
    </message>
    <message>
        <source>Clean Up Photographs a&amp;nd Scans</source>
        <translation>Fotos und Scans be&amp;reinigen</translation>
    </message>
    <message>
        <source>&amp;Paper Colour</source>
        <translation>&amp;Papierfarbe</translation>
    </message>
    <message>
        <source>&amp;White</source>
        <translation>&amp;Weiß</translation>
    </message>
    <message>
        <source>&amp;Sepia</source>
        <translation>&amp;Sepia</translation>
    </message>
    <message>
        <source>&amp;Night</source>
        <translation>&amp;Nacht</translation>
    </message>
    <message>
        <source>&amp;Highlight</source>
        <translation>&amp;Hervorhebung</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>&amp;Strich</translation>
    </message>
    <message>
        <source>&amp;Box</source>
        <translation>K&amp;asten</translation>
    </message>
    <message>
        <source>Whole Ba&amp;r</source>
        <translation>Ganzer &amp;Takt</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>S&amp;ystem</translation>
    </message>
    <message>
        <source>Next Paper &amp;Colour</source>
        <translation>Nächste Pap&amp;ierfarbe</translation>
    </message>
    <message>
        <source>Next Kind of Hi&amp;ghlight</source>
        <translation>Nächste Hervorhe&amp;bung</translation>
    </message>
    <message>
        <source>Sett&amp;ings …</source>
        <translation>Eins&amp;tellungen …</translation>
    </message>
</context><context>
    <name>Welcome</name>
    <message>
        <source>Put a score on the stand</source>
        <translation>Legen Sie Noten auf</translation>
    </message>
    <message>
        <source>Drop a PDF or photos of the pages here, or open them.
Then play: the page follows you and turns.</source>
        <translation>Ein PDF oder Fotos der Seiten hier ablegen oder öffnen.
Dann spielen: livefollow liest mit und blättert um.</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
    <message>
        <source>Scores opened last</source>
        <translation>Zuletzt geöffnete Noten</translation>
    </message>
    <message>
        <source>&amp;Open a Score …</source>
        <translation>Noten &amp;öffnen …</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>Watch the &amp;Demo</source>
        <translation>Die &amp;Demo ansehen</translation>
    </message>
    <message>
        <source>A short piece and a recording of it, played by your loudspeakers</source>
        <translation>Ein kurzes Stück und eine Aufnahme davon, über die Lautsprecher gespielt</translation>
    </message>
    <message>
        <source>&amp;Microphone …</source>
        <translation>&amp;Mikrofon …</translation>
    </message>
    <message>
        <source>Which one hears you, and how loud you are in each</source>
        <translation>Welches hört Sie, und wie laut Sie in jedem sind</translation>
    </message>
    <message>
        <source>Play the Setlist ({} Pieces)</source>
        <translation>Programm spielen ({} Stücke)</translation>
    </message>
    <message>
        <source>Setlist “{}”</source>
        <translation>Programm „{}“</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>Weiter mit</translation>
    </message>
</context><context>
    <name>WritingBar</name>
    <message>
        <source>Tools for writing</source>
        <translation>Schreibwerkzeuge</translation>
    </message>
</context><context>
    <name>choosing</name>
    <message>
        <source>Scores</source>
        <translation>Noten</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Setlists</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Open Score</source>
        <translation>Noten öffnen</translation>
    </message>
    <message>
        <source>Open a Folder of Page Images</source>
        <translation>Ordner mit Bildern der Seiten öffnen</translation>
    </message>
</context><context>
    <name>sentences</name>
    <message>
        <source>there is no sound input number {number}, only {names}</source>
        <translation>Einen Toneingang Nummer {number} gibt es nicht, nur {names}</translation>
    </message>
    <message>
        <source>several sound inputs are named like {name}: {names}. Give more of the name, or the number.</source>
        <translation>Mehrere Toneingänge heißen wie {name}: {names}. Geben Sie mehr vom Namen an, oder die Nummer.</translation>
    </message>
    <message>
        <source>there is no sound input; plug in a microphone and try again</source>
        <translation>Es gibt keinen Toneingang; schließen Sie ein Mikrofon an und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>no sound input is named like {name}, only {names}</source>
        <translation>Kein Toneingang heißt wie {name}, nur {names}</translation>
    </message>
    <message>
        <source>sound input needs the PortAudio library ({reason}); install the package libportaudio2</source>
        <translation>Der Toneingang braucht die Bibliothek PortAudio ({reason}); installieren Sie das Paket libportaudio2</translation>
    </message>
    <message>
        <source>PortAudio does not start: {reason}</source>
        <translation>PortAudio startet nicht: {reason}</translation>
    </message>
    <message>
        <source>the sound inputs cannot be listed: {reason}</source>
        <translation>Die Toneingänge lassen sich nicht auflisten: {reason}</translation>
    </message>
    <message>
        <source>no sound input can be looked for while a recording is played; wait for its end</source>
        <translation>Solange eine Aufnahme abgespielt wird, lässt sich kein Toneingang suchen; warten Sie ihr Ende ab</translation>
    </message>
    <message>
        <source>PortAudio does not start again: {reason}</source>
        <translation>PortAudio startet nicht wieder: {reason}</translation>
    </message>
    <message>
        <source>there is no file {name}</source>
        <translation>Eine Datei {name} gibt es nicht</translation>
    </message>
    <message>
        <source>{name} is a folder, not a recording.</source>
        <translation>{name} ist ein Ordner, keine Aufnahme.</translation>
    </message>
    <message>
        <source>{name} is no ordinary file; livefollow reads WAV, FLAC, OGG and MP3 files.</source>
        <translation>{name} ist keine gewöhnliche Datei; livefollow liest WAV-, FLAC-, OGG- und MP3-Dateien.</translation>
    </message>
    <message>
        <source>{name} holds no sound.</source>
        <translation>{name} enthält keinen Ton.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>{name} cannot be read as sound (WAV, FLAC, OGG or MP3): {reason}.</source>
        <translation>{name} lässt sich nicht als Ton lesen (WAV, FLAC, OGG oder MP3): {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason}</source>
        <translation>{name} lässt sich nicht benutzen: {reason}</translation>
    </message>
    <message>
        <source>{name} is damaged after {seconds} s and ends there</source>
        <translation>{name} ist nach {seconds} s beschädigt und endet dort</translation>
    </message>
    <message>
        <source>{name} is damaged from its first sample on: {reason}</source>
        <translation>{name} ist vom ersten Abtastwert an beschädigt: {reason}</translation>
    </message>
    <message>
        <source>the metronome cannot be heard ({reason}); its light goes on</source>
        <translation>das Metronom ist nicht zu hören ({reason}); sein Licht geht weiter</translation>
    </message>
    <message>
        <source>the microphone sends digital silence: is it muted?</source>
        <translation>Das Mikrofon sendet digitale Stille: ist es stummgeschaltet?</translation>
    </message>
    <message>
        <source>{name} is not there: listening to {other}</source>
        <translation>{name} ist nicht da: zugehört wird über {other}</translation>
    </message>
    <message>
        <source>the microphone sends nothing any more; waiting for {name}</source>
        <translation>Das Mikrofon sendet nichts mehr; gewartet wird auf {name}</translation>
    </message>
    <message>
        <source>its driver still hangs, and PortAudio would hang with it</source>
        <translation>Der Treiber hängt noch, und PortAudio hinge mit ihm</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>Es ist nicht da</translation>
    </message>
    <message>
        <source>{name} does not open: {reason}</source>
        <translation>{name} lässt sich nicht öffnen: {reason}</translation>
    </message>
    <message>
        <source>MIDI pedals and keyboards need the extra “midi” of livefollow, which is not installed.</source>
        <translation>MIDI-Pedale und -Tastaturen brauchen das Extra „midi“ von livefollow, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>this system has no MIDI: {reason}</source>
        <translation>dieses System hat kein MIDI: {reason}</translation>
    </message>
    <message>
        <source>the channels cancel each other out, as a balanced microphone's do in a stereo input: their difference is heard</source>
        <translation>Die Kanäle löschen einander aus, wie die eines symmetrischen Mikrofons an einem Stereo-Eingang: Gehört wird ihre Differenz</translation>
    </message>
    <message>
        <source>The agent {name} of {folder} is of the kind {kind}, not {kinds}.</source>
        <translation>Der Agent {name} aus {folder} ist von der Art {kind}, nicht {kinds}.</translation>
    </message>
    <message>
        <source>{name} shows no staff systems: there is nothing to follow.</source>
        <translation>{name} zeigt keine Notensysteme: es gibt nichts mitzulesen.</translation>
    </message>
    <message>
        <source>No note could be read in {name}, though it has staves: there is nothing to follow.</source>
        <translation>In {name} ließ sich keine Note lesen, obwohl es Notenzeilen hat: es gibt nichts mitzulesen.</translation>
    </message>
    <message>
        <source>The agent {name} of {folder} does not say which network is its {part}.</source>
        <translation>Der Agent {name} aus {folder} sagt nicht, welches Netz sein {part} ist.</translation>
    </message>
    <message>
        <source>No note could be read in {name}: there is nowhere to begin.</source>
        <translation>In {name} konnte keine Note gelesen werden: Es gibt keine Stelle zum Anfangen.</translation>
    </message>
    <message>
        <source>The track has no rows.</source>
        <translation>Die Tabelle hat keine Zeilen.</translation>
    </message>
    <message>
        <source>time_s falls after row {row}; rows must be in order of time.</source>
        <translation>time_s fällt nach Zeile {row}; die Zeilen müssen zeitlich geordnet sein.</translation>
    </message>
    <message>
        <source>Pages and systems count from 1.</source>
        <translation>Seiten und Systeme zählen ab 1.</translation>
    </message>
    <message>
        <source>The state {state} is none of {states}.</source>
        <translation>Der Zustand {state} ist keiner von {states}.</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}: {reason}</translation>
    </message>
    <message>
        <source>The track has {count} times, but {column} has the shape {shape}.</source>
        <translation>Die Tabelle hat {count} Zeiten, aber {column} hat die Form {shape}.</translation>
    </message>
    <message>
        <source>{column} of row {row} is not a finite number.</source>
        <translation>{column} in Zeile {row} ist keine endliche Zahl.</translation>
    </message>
    <message>
        <source>{name} cannot be written: {reason}.</source>
        <translation>{name} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>There is no file or folder {name} to take networks from.</source>
        <translation>Es gibt keine Datei und keinen Ordner {name}, um Netze daraus zu nehmen.</translation>
    </message>
    <message>
        <source>{name} has neither a manifest.json nor .onnx files in it.</source>
        <translation>{name} enthält weder eine manifest.json noch .onnx-Dateien.</translation>
    </message>
    <message>
        <source>There are no networks to follow with: {name} is missing; install livefollow anew.</source>
        <translation>Es gibt keine Netze zum Mitverfolgen: {name} fehlt; installieren Sie livefollow neu.</translation>
    </message>
    <message>
        <source>There is no agent {name}; in {folder} there are: {names}.</source>
        <translation>Es gibt keinen Agenten {name}; in {folder} gibt es: {names}.</translation>
    </message>
    <message>
        <source>There is no network {name} in {folder}, which an agent there needs.</source>
        <translation>In {folder} gibt es das Netz {name} nicht, das ein Agent dort braucht.</translation>
    </message>
    <message>
        <source>{name} must be called after the network it replaces: {names}.</source>
        <translation>{name} muss heißen wie das Netz, das es ersetzt: {names}.</translation>
    </message>
    <message>
        <source>{name} is no list of networks and agents ({kind}: {reason}).</source>
        <translation>{name} ist keine Liste von Netzen und Agenten ({kind}: {reason}).</translation>
    </message>
    <message>
        <source>{name} is a {kind}, where a {wanted} is needed.</source>
        <translation>{name} ist ein Netz der Art {kind}, gebraucht wird die Art {wanted}.</translation>
    </message>
    <message>
        <source>{name} is not the network that came with livefollow: install livefollow again.</source>
        <translation>{name} ist nicht das Netz, das mit livefollow kam: Installieren Sie livefollow neu.</translation>
    </message>
    <message>
        <source>ONNX Runtime, which runs the networks, is broken: install livefollow anew.</source>
        <translation>ONNX Runtime, das die Netze ausführt, ist beschädigt: Installieren Sie livefollow neu.</translation>
    </message>
    <message>
        <source>CUDA cannot be used: {reason}; start livefollow without asking for it.</source>
        <translation>CUDA kann nicht benutzt werden: {reason}; starten Sie livefollow, ohne es zu verlangen.</translation>
    </message>
    <message>
        <source>{name} does not say its {missing}: it was not exported by livefollow.</source>
        <translation>{name} nennt nicht: {missing}. Die Datei wurde nicht von livefollow exportiert.</translation>
    </message>
    <message>
        <source>{name} is a {other}, where a {kind} is needed.</source>
        <translation>{name} ist ein {other}, gebraucht wird ein {kind}.</translation>
    </message>
    <message>
        <source>{name} was made for other numbers than this livefollow's: {told}.</source>
        <translation>{name} wurde für andere Zahlen gemacht als die dieses livefollow: {told}.</translation>
    </message>
    <message>
        <source>{name} does not have the inputs and outputs of a {kind}: it takes {inputs} and gives {outputs}.</source>
        <translation>{name} hat nicht die Ein- und Ausgaben eines {kind}: Es nimmt {inputs} und gibt {outputs}.</translation>
    </message>
    <message>
        <source>{name} is larger than any network of livefollow ({size} MiB).</source>
        <translation>{name} ist größer als jedes Netz von livefollow ({size} MiB).</translation>
    </message>
    <message>
        <source>The network {name} cannot be read: {reason}.</source>
        <translation>Das Netz {name} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>ONNX Runtime, which runs the networks, is not installed: install livefollow anew.</source>
        <translation>ONNX Runtime, das die Netze ausführt, ist nicht installiert: Installieren Sie livefollow neu.</translation>
    </message>
    <message>
        <source>{name} is no network that can be run: {reason}.</source>
        <translation>{name} ist kein Netz, das ausgeführt werden kann: {reason}.</translation>
    </message>
    <message>
        <source>{name} does not say its constants as JSON: it was not exported by livefollow.</source>
        <translation>{name} nennt seine Konstanten nicht als JSON: Die Datei wurde nicht von livefollow exportiert.</translation>
    </message>
    <message>
        <source>{name} takes {input} of {given}, where a {kind} takes {sides}.</source>
        <translation>{name} nimmt {input} der Größe {given}, wo ein {kind} {sides} nimmt.</translation>
    </message>
    <message>
        <source>{name} cannot be run: {reason}.</source>
        <translation>{name} kann nicht ausgeführt werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} is the score itself; choose another name for the copy.</source>
        <translation>{name} sind die Noten selbst; wählen Sie für die Kopie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}).</source>
        <translation>{name} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>The page reader does not start; install livefollow anew.</source>
        <translation>Der Seitenleser startet nicht; installieren Sie livefollow neu.</translation>
    </message>
    <message>
        <source>{name} is too damaged or too large to be copied.</source>
        <translation>{name} ist zu beschädigt oder zu groß, um kopiert zu werden.</translation>
    </message>
    <message>
        <source>What was written on this score could not be read; it is kept as {kept}.</source>
        <translation>Was in diesen Noten eingetragen war, konnte nicht gelesen werden; es liegt als {kept} bereit.</translation>
    </message>
    <message>
        <source>What you have written cannot be saved in {name} ({reason}); it is lost when livefollow is closed.</source>
        <translation>Was Sie eingetragen haben, kann nicht in {name} gespeichert werden ({reason}); es geht verloren, wenn livefollow geschlossen wird.</translation>
    </message>
    <message>
        <source>A system needs at least one staff with a width and a height.</source>
        <translation>Ein System braucht wenigstens eine Notenzeile mit Breite und Höhe.</translation>
    </message>
    <message>
        <source>A system needs a width and a height: drag a larger box.</source>
        <translation>Ein System braucht Breite und Höhe: ziehen Sie einen größeren Kasten auf.</translation>
    </message>
    <message>
        <source>{name} is encrypted.</source>
        <translation>{name} ist verschlüsselt.</translation>
    </message>
    <message>
        <source>{name} cannot be read as a score.</source>
        <translation>{name} lässt sich nicht als Noten lesen.</translation>
    </message>
    <message>
        <source>Page {number} cannot be read; a grey page stands in its place.</source>
        <translation>Seite {number} lässt sich nicht lesen; an ihrer Stelle steht eine graue.</translation>
    </message>
    <message>
        <source>{name} is too damaged or too large to be opened; try a freshly exported copy.</source>
        <translation>{name} ist zu beschädigt oder zu groß zum Öffnen; versuchen Sie es mit einer neu ausgegebenen Kopie.</translation>
    </message>
    <message>
        <source>{name} is encrypted; give its password.</source>
        <translation>{name} ist verschlüsselt; geben Sie das Passwort ein.</translation>
    </message>
    <message>
        <source>The password of {name} is wrong; try another.</source>
        <translation>Das Passwort von {name} ist falsch; versuchen Sie ein anderes.</translation>
    </message>
    <message>
        <source>{name} is damaged beyond repair, or no PDF at all; try another copy.</source>
        <translation>{name} ist unrettbar beschädigt oder gar kein PDF; versuchen Sie eine andere Kopie.</translation>
    </message>
    <message>
        <source>{name} has no pages, or lost them to damage; try another copy.</source>
        <translation>{name} hat keine Seiten oder hat sie durch Schaden verloren; versuchen Sie eine andere Kopie.</translation>
    </message>
    <message>
        <source>{name} has more than {count} pages; take out those you play from.</source>
        <translation>{name} hat mehr als {count} Seiten; nehmen Sie die heraus, aus denen Sie spielen.</translation>
    </message>
    <message>
        <source>Page {number} is too large; save it at a lower resolution. A grey page stands in its place.</source>
        <translation>Seite {number} ist zu groß; speichern Sie sie mit geringerer Auflösung. An ihrer Stelle steht eine graue.</translation>
    </message>
    <message>
        <source>{name} is damaged; some of its music may be missing.</source>
        <translation>{name} ist beschädigt; vielleicht fehlt etwas von den Noten.</translation>
    </message>
    <message>
        <source>{name} is a damaged picture, or has not the shape of a page; try another copy.</source>
        <translation>{name} ist ein beschädigtes Bild oder hat nicht die Form einer Seite; versuchen Sie eine andere Kopie.</translation>
    </message>
    <message>
        <source>{name} is closed.</source>
        <translation>{name} ist geschlossen.</translation>
    </message>
    <message>
        <source>{name} is left out: livefollow cannot read it; save it as JPEG.</source>
        <translation>{name} fehlt: livefollow kann die Datei nicht lesen; speichern Sie sie als JPEG.</translation>
    </message>
    <message>
        <source>Page {number} cannot be shown; a grey page stands in its place.</source>
        <translation>Seite {number} lässt sich nicht zeigen; an ihrer Stelle steht eine graue.</translation>
    </message>
    <message>
        <source>Page {number} is more than {length} points long; a grey page stands in its place.</source>
        <translation>Seite {number} ist länger als {length} Punkt; an ihrer Stelle steht eine graue.</translation>
    </message>
    <message>
        <source>{names} are left out: livefollow cannot read them; save them as JPEG.</source>
        <translation>{names} fehlen: livefollow kann die Dateien nicht lesen; speichern Sie sie als JPEG.</translation>
    </message>
    <message>
        <source>no staff systems were found</source>
        <translation>es wurden keine Systeme gefunden</translation>
    </message>
    <message>
        <source>systems seem to be taken for one</source>
        <translation>mehrere Systeme scheinen für eines gehalten zu werden</translation>
    </message>
    <message>
        <source>a single staff stands alone</source>
        <translation>eine Notenzeile steht allein</translation>
    </message>
    <message>
        <source>systems overlap</source>
        <translation>Systeme überlappen sich</translation>
    </message>
    <message>
        <source>a system is much larger or smaller than the others</source>
        <translation>ein System ist viel größer oder kleiner als die anderen</translation>
    </message>
    <message>
        <source>a system is much wider or narrower than the others</source>
        <translation>ein System ist viel breiter oder schmaler als die anderen</translation>
    </message>
    <message>
        <source>there seem to be more staves</source>
        <translation>es scheint weitere Notenzeilen zu geben</translation>
    </message>
    <message>
        <source>Page {number} looks misread ({doubt}). Fix staff detection shows and corrects what was seen.</source>
        <translation>Seite {number} scheint falsch gelesen zu sein ({doubt}). „Notenlinien berichtigen“ zeigt, was gesehen wurde, und berichtigt es.</translation>
    </message>
    <message>
        <source>{name} is no score that can be opened; livefollow reads PDF, PNG, JPEG, TIFF and WebP files.</source>
        <translation>{name} ist kein Notenblatt, das geöffnet werden kann; livefollow liest PDF-, PNG-, JPEG-, TIFF- und WebP-Dateien.</translation>
    </message>
    <message>
        <source>The folder {name} has no PDF, PNG, JPEG, TIFF or WebP files; choose a file or another folder.</source>
        <translation>Der Ordner {name} enthält keine PDF-, PNG-, JPEG-, TIFF- oder WebP-Dateien; wählen Sie eine Datei oder einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder {name} has more than {count} files; choose one with a single score.</source>
        <translation>Der Ordner {name} enthält mehr als {count} Dateien; wählen Sie einen mit einem einzigen Stück.</translation>
    </message>
    <message>
        <source>{name} is empty; try another copy.</source>
        <translation>{name} ist leer; versuchen Sie eine andere Kopie.</translation>
    </message>
    <message>
        <source>{name} is larger than {size} MB; save it smaller, or as several files.</source>
        <translation>{name} ist größer als {size} MB; sichern Sie es kleiner oder in mehreren Dateien.</translation>
    </message>
    <message>
        <source>{name} is a HEIC photo; save it as JPEG.</source>
        <translation>{name} ist ein HEIC-Foto; sichern Sie es als JPEG.</translation>
    </message>
    <message>
        <source>livefollow cannot read the pictures in the folder {name}, such as {picture}; save them as JPEG.</source>
        <translation>livefollow kann die Bilder im Ordner {name} nicht lesen, etwa {picture}; speichern Sie sie als JPEG.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}); check its permissions.</source>
        <translation>{name} lässt sich nicht lesen ({reason}); prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>{name} is no ordinary file; livefollow reads PDF, PNG, JPEG, TIFF and WebP files.</source>
        <translation>{name} ist keine gewöhnliche Datei; livefollow liest PDF-, PNG-, JPEG-, TIFF- und WebP-Dateien.</translation>
    </message>
    <message>
        <source>{name} does not exist; check the name and the folder.</source>
        <translation>{name} gibt es nicht; prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <source>{name} may not be read; check its permissions.</source>
        <translation>{name} darf nicht gelesen werden; prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}).</source>
        <translation>{name} lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
        <source>{name} can no longer be read ({reason}).</source>
        <translation>{name} lässt sich nicht mehr lesen ({reason}).</translation>
    </message>
    <message>
        <source>{name} is empty; it must start with the names of its columns.</source>
        <translation>{name} ist leer; am Anfang müssen die Namen der Spalten stehen.</translation>
    </message>
    <message>
        <source>{name} lacks the columns {names}.</source>
        <translation>In {name} fehlen die Spalten {names}.</translation>
    </message>
    <message>
        <source>{name}: {column} of row {row} is {cell}; pages and systems count from 1.</source>
        <translation>{name}: {column} in Zeile {row} ist {cell}; Seiten und Systeme zählen ab 1.</translation>
    </message>
    <message>
        <source>{name} cannot be read as CSV: {reason}.</source>
        <translation>{name} kann nicht als CSV gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{name}: row {row} has {count} cells instead of {needed}.</source>
        <translation>{name}: Zeile {row} hat {count} Zellen statt {needed}.</translation>
    </message>
    <message>
        <source>{name}: {column} of row {row} is {cell}, not a finite number.</source>
        <translation>{name}: {column} in Zeile {row} ist {cell}, keine endliche Zahl.</translation>
    </message>
    <message>
        <source>The copy was given up.</source>
        <translation>Die Kopie wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The library {name} cannot be used ({reason}); what changes in it is lost when livefollow is closed.</source>
        <translation>Die Bibliothek {name} lässt sich nicht benutzen ({reason}); was sich darin ändert, geht verloren, wenn livefollow geschlossen wird.</translation>
    </message>
    <message>
        <source>The library {name} could not be read ({reason}); it is kept as {kept}, and a new one is begun.</source>
        <translation>Die Bibliothek {name} ließ sich nicht lesen ({reason}); sie ist als {kept} aufgehoben, und eine neue ist begonnen.</translation>
    </message>
    <message>
        <source>The library cannot be written: {reason}</source>
        <translation>Die Bibliothek lässt sich nicht schreiben: {reason}</translation>
    </message>
    <message>
        <source>{name} is no setlist; it needs the path of a score on each line.</source>
        <translation>{name} ist kein Programm; darin steht in jeder Zeile der Pfad von Noten.</translation>
    </message>
    <message>
        <source>{name} names more than {count} scores; make two setlists of it.</source>
        <translation>{name} nennt mehr als {count} Stücke; machen Sie zwei Programme daraus.</translation>
    </message>
    <message>
        <source>{name} is too large for a setlist; it is a text file with a path on each line.</source>
        <translation>{name} ist zu groß für ein Programm; das ist eine Textdatei mit einem Pfad in jeder Zeile.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}); check the name and the folder.</source>
        <translation>{name} lässt sich nicht lesen ({reason}); prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <source>The name of {name} has a line break in it; rename the file.</source>
        <translation>Im Namen von {name} ist ein Zeilenumbruch; benennen Sie die Datei um.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}); choose another folder.</source>
        <translation>{name} lässt sich nicht schreiben ({reason}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{name} has no positions beside it: there is no {other}.</source>
        <translation>Neben {name} liegen keine Stellen: {other} gibt es nicht.</translation>
    </message>
    <message>
        <source>{name} was played from another score: open that one first.</source>
        <translation>{name} wurde aus anderen Noten gespielt: öffnen Sie zuerst diese.</translation>
    </message>
    <message>
        <source>The positions beside {name} cannot be read: {reason}</source>
        <translation>Die Stellen neben {name} lassen sich nicht lesen: {reason}</translation>
    </message>
    <message>
        <source>{name} cannot be written to ({reason}).</source>
        <translation>In {name} lässt sich nicht schreiben ({reason}).</translation>
    </message>
    <message>
        <source>The recording has ended: it cannot be written any more ({reason}).</source>
        <translation>Die Aufnahme ist zu Ende: sie lässt sich nicht weiterschreiben ({reason}).</translation>
    </message>
    <message>
        <source>The disk is too slow: the recording has ended.</source>
        <translation>Die Platte ist zu langsam: die Aufnahme ist zu Ende.</translation>
    </message>
    <message>
        <source>{name} cannot be written; choose another folder.</source>
        <translation>{name} lässt sich nicht schreiben; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The session cannot be kept: {reason}</source>
        <translation>Die Sitzung lässt sich nicht behalten: {reason}</translation>
    </message>
    <message>
        <source>This cannot be written ({reason}).</source>
        <translation>Das lässt sich nicht schreiben ({reason}).</translation>
    </message>
    <message>
        <source>Something went wrong inside ({reason}); the log says more.</source>
        <translation>Innen ging etwas schief ({reason}); im Protokoll steht mehr.</translation>
    </message>
    <message>
        <source>{name} could not be read ({reason}); it is kept as {kept}.</source>
        <translation>{name} konnte nicht gelesen werden ({reason}) und wird als {kept} aufgehoben.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}); what was changed is lost when livefollow is closed.</source>
        <translation>{name} lässt sich nicht schreiben ({reason}); was geändert wurde, geht verloren, wenn livefollow geschlossen wird.</translation>
    </message>
    <message>
        <source>{name} could not be read ({reason}), nor kept aside ({error}).</source>
        <translation>{name} konnte weder gelesen ({reason}) noch aufgehoben werden ({error}).</translation>
    </message>
</context></TS>
