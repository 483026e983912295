"""Forenames: which are short for or spellings of one another, and which are names of their own.

Both tell a slip of the pen from another child: Jon may be Jonathan, but Mia is never Tia.
"""

from __future__ import annotations

from functools import cache

_ALIKE = """
abigail abby abbie abi gail / adam addam / agnes agnieszka / aidan aiden ayden / aisha ayesha
aysha aishah / alexander alex alec xander sandy aleksander alexandre / alexandra alex alexa lexi
lexie sandra sandy aleksandra / alfred alfie fred freddie alf / alice ali alyce alicia / alison
allison ali / amelia amy millie milly emilia / amina aminah / andrew andy drew / angela angie ange
/ anna ana ann anne annie hannah hanna / anthony antony tony ant / archibald archie / arthur art
artie / ashley ashleigh ash / barbara barb babs / beatrice bea beatrix bee / benjamin ben benji
benny / bernadette bernie / bethany beth elizabeth / bradley brad / bridget biddy bridie / caitlin
kaitlin katelyn kate caitlyn kaitlyn / callum calum cal / cameron cam / caroline carrie caro
carolyn / cassandra cass cassie / catherine cathy kate katie cath katherine kathryn kathy kath kit
kitty cate katharine catharine / charles charlie chas chuck / charlotte charlie lottie lotte char
charley / chloe khloe chloey / christian chris / christina chris tina chrissie christine christy
kristina / christopher chris kit topher kris cristopher / clare claire clara / connor conor conner
/ constance connie / cordelia delia / daniel dan danny dani / danielle dani danni daniela daniella
/ david dave davey davy dafydd / deborah debbie deb debora / dominic dom dominik / dorothy dot
dottie dolly / douglas doug / dylan dyllan dilan / edward ed eddie ted teddy ned eddy / edwin ed
eddie / eleanor ellie nell ella nora elle elinor eleanora / elijah eli / elizabeth liz lizzie beth
betty eliza libby elsie elspeth lizzy bess betsy lisa elisabeth elise / ellen ellie nell / emily
em emmie emilie millie / emma em emmy / erica erika / ethan etan / evelyn evie eve evelin / eve
evie eva / fatima fatimah fatma / faith fay faye / felicity fliss flick / ffion fion / finley finn
fin finlay / florence flo florrie flossie / frances fran frankie francesca / francis frank frankie
/ francesca fran chess frankie / frederick fred freddie freddy frederic fredrick / gabriel gabe /
gabriella gabby ella gabrielle gabriela / geoffrey geoff jeff jeffrey / george georgie / georgina
georgie gina georgia georgiana / gerald gerry jerry / grace gracie / graham graeme / gregory greg
/ gwendolyn gwen / harold harry hal / harriet hattie harry / harrison harry / hasan hassan /
henrietta hettie etta / henry harry hal hank / hugh hughie huw hugo / hussain husain hussein
husayn / ibrahim ebrahim / imogen immy immie / isaac ike zac isaak / isabella bella izzy isobel
isabelle isabel bel belle izzie isabela ella / isla ila / ismail ismael / jack jak / jacob jake
jakob / jacqueline jackie jacqui / james jim jimmy jamie jem / jamie jaime / jane janie jayne /
janet jan / jasmine jas jazz jasmin yasmin yasmine jazmin / jayden jaden jaydon jaiden / jennifer
jen jenny jenni / jeremiah jerry jem / jeremy jerry jem / jessica jess jessie / joanna jo joanne
joann / joan joanie / joel joely / john jon jack johnny johnnie ian / jonathan jon john jonny
johnny jonathon johnathan nathan / jordan jordon / joseph joe joey josef yusuf / josephine jo
josie / joshua josh / jude judah / judith judy jude / julia julie jules / julian jules / kaden
caden cayden kayden / karen karin / katrina kat trina / kayleigh kaylee kayley kaylie kay /
kenneth ken kenny / kevin kev / khadija khadijah / kieran kieron ciaran / kimberley kim kimberly /
kirsten kirsty / kyle kyal / lachlan lochlan / laura laurie lora / lauren laurie loren / lawrence
larry laurie laurence / layla leila laila leyla / leah lea lia / leo leonardo leon leonard /
leonard len lenny leo / lewis louis louie lou / lilian lily lil lillian lilly / lily lilly lillie
/ lindsay lynsey lindsey / louisa lou louise / louise lou / lucas luke lukas luca / lucy lucie
lucia lucinda / luke luc / mackenzie kenzie mckenzie / madeleine maddie maddy madeline madison /
madison maddie maddy maddison / malachi malakai / marcus marc mark / margaret maggie meg peggy
daisy greta margie madge / maria marie mary mariah / mariam maryam miriam / marjorie marge / mark
marc / martin marty / martha marty mattie / mary maria molly polly may mae marie / matilda tilly
mattie tilda tillie / matthew matt matty mathew / maximilian max / maxwell max / maya mya / megan
meg meghan / melanie mel / melissa mel missy lissa / michael mike mick micky mikey mikael /
michelle shelly michele / mohammed muhammad mohamed mohammad mohamad muhammed mo mohd md muhamed
ahmed / mohamed mohammed muhammad mo / molly mollie / musa moosa / natalie nat natalia nathalie /
natasha tash tasha / nathan nate / nathaniel nathan nate nat nathanial / neil neal niall / niamh
neve neave / nicholas nick nicky nico nicolas nikolas / nicola nicky nikki nicole / noah noa /
oliver ollie olly / olivia liv livvy olive livia / omar umar omer / oscar oskar / owen owain /
pamela pam / patricia pat tricia trish patsy / patrick pat paddy rick / penelope penny / peter
pete petey / philip phil phillip pip / phoebe phebe pheobe / poppy poppie / rachel rach rachael
rae / raymond ray / rebecca becky becca beck bex rebekah / reece rhys reese rees / reuben ruben
rueben / richard rick dick rich richie ricky dickie / robert bob bobby rob robbie bert robin /
roberta bobbie / robin rob robyn / roderick rory rod / ronald ron ronnie / rosalind ros rose /
rose rosie rosa / rosemary rose rosie / rowan rohan / ruby rubie / rupert bert / ruth ruthie /
ryan rian / saffron saff / samantha sam sammy / samuel sam sammy samual / sara sarah sadie sally
zara / sean shaun shawn / sebastian seb bas / shannon shan / sheila shelagh / sienna siena / simon
si / sofia sophia sophie sofie / spencer spence / stacey stacy / stanley stan / stella stela /
stephanie steph stefanie / stephen steve stevie steven stefan / susan sue susie susannah suzanne
suzy sukie / summer sumer / sylvia sylvie / taylor tayler / teresa theresa terri tess tessa /
terence terry / theodore theo ted teddy / thomas tom tommy / timothy tim timmy / tobias toby tobi
/ toby tobi / tyler ty tylor / valerie val / veronica ronnie / victor vic / victoria vicky tori
vic vicki / vincent vince vinnie / violet vi / vivian viv / walter walt wally / wilfred wilf fred
/ william will bill billy liam willy wills / winifred winnie freda / yusuf yousuf yusef youssef
yousef / zachary zac zach zak zack zachariah zackary / zain zane zayn zayne / zoe zoey zoie /
zubair zubayr
"""
"""Between two strokes: one name with its short forms and spellings."""

_OWN = """
aaliyah aaron abbas abdullah abena ada adele aditi aditya adjoa adrian aisling akua alan alba
albert albie aled alina alisha alma alun ama amaan amal amara amari amber amir amira amit anais
anaya andrea angel anika anisa anita anouk anton anwen anya april ari aria ariana ariel arjun
arlie arlo armaan aron arun aryan asha asif asma aurora austin ava avery axel axelle ayaan ayan
ayla ayra ayub aziz bailey barnaby barney basil bella benedict bilal blake blessing bobby bodhi
bonnie boris brandon brian brianna brody brogan bronwen brooke bruno bryony caleb cara carl carla
carlos carmen carol carter carys casey cecilia celia cerys chanel chantelle chelsea cheryl chiara
chidi chioma clara clarissa clay clive cody cohen cole colin cora craig crystal cynthia dahlia
daisy dalia damian damien dana daphne darcey darcy daria darius darren dawn dawud dean delilah
dennis derek destiny devon dexter diana diego dina dion dmitri donna donovan dora dorian duncan
dwayne dylis eden edie edith efan effie eileen eira eirlys ela elaine elena eliana elias elif elin
elisa ella elle ellie elliot elliott ellis elodie elsa elsie elton emeka emil emilia emir emmanuel
emmett emre enzo eoin eric erin ernest esme esther etta eva evan eve evie ewa ewan ezekiel ezra
fabian fahad faisal farah farhan fatou fern fiona fleur flora fraser freda freya gail garth gary
gavin gemma genevieve georgia gethin giovanni glen gloria gordon greta gruff guy gwenllian haf
hafsa haider hallie hamish hamza hana hanna hannah haris harley harper harun harvey hashim hayden
hayley hazel heath heather hector heidi helen helena hetty hilda hira holly hope humza ian ianto
ibrahim idris ife ifeoma ifra igor ike ikenna ikra imaan iman imani imran ina inaya indie ines
ingrid ioan iolo iona irene iris isha ishaan isla israel ivan ivana ivo ivy iwan izaan jada jade
jaden jago jai jakub jamal jan jana jared jason jasper javier jay jaya jean jenson jesse jill joan
jodie joel john jonah joy joyce juan jude judith julie juliet june juno justin kacper kai kaia
kaiden kamil kara karim karina karl karol kasia kate katya kayla kehinde keira keith kelly kelvin
kendra keziah khalid kian kiana kiera kiran kirsty kit kitty kofi kojo krishna kristian kwabena
kwame kyra lacey lana lara larissa leila lena leon leona leroy leslie levi lexi liam lina lincoln
linda lisa livia lizzie lleucu llew logan lola lorna lorraine lottie lowri luan luca lucia lucian
lucien luis luka lukasz luna lydia lyla lyra mabel macsen mae maeve maggie maia mair maisie maja
malik malwina mara marcel marco mared margot mari maria mariam marina mario marley marlon marnie
martha marvin mason mateo mateusz maud maurice maverick max may meera megan mehdi melody mercy mia
micah mikolaj mila milena miles millie milo mimi mina minnie mira miranda miriam mitchell mohsin
moira molly mona monica morgan moses muriel musa mustafa mya myah myles myra nadia nadine nadja
naima nana nancy naomi nasir natalia natasza nell nelly nerys nevaeh neve ngozi nia niall nico
nicole nigel nikhil nina nisha nkechi noel noor nora norah norman nour nova nusaybah obinna ola
olaf olga oliwia oluwaseun omari oona ophelia orla orlando orson osama osian oskar osman otis
ottilie otto pablo paige parker patience paul paula pearl percy perry petra phoenix pia piotr
pippa polly poppy praise precious preston primrose priya quinn rafael rafferty raheem rahim rahima
rahul raj raja ralph ramona ranveer raphael raul ravi rayan rayhan rayna rayyan reagan reggie
reginald remi remy rex rhea rhian rhiannon rhoda rhodri riaz ricardo riley rio rishi rita river
riya roan rocco rodney rohan roisin roman romeo romy ronan ronnie rory rosa rosie ross rowan
roxanne roy ruby rudy rufus ruhi russell ryan ryder saad sabah sabrina sadie safa saffa saffron
safiya sahar sahil said saif salim salma salman sam samir samira sana sandra sanjay saoirse sasha
saul savannah scarlett scott selena selina seren serena sergio seth seun shakira shane shania
shannon sharon shauna shay shayla sheila shirley shona sian sid sidney sienna silas simona simone
sinead siobhan sioned skye skyla sofia sohail sola solomon sonia sonny soraya sorcha stefan
steffan stella stuart suki sunny surya szymon tabitha taha tahlia taiwo taiye talia tallulah tamar
tamara tamsin tania tanisha tara tariq tasnim tate teagan teddy tegan terry thea theo theresa tia
tiana tiara tilly timur tina tobi tobias tod todd tola tomasz tomos toni tony tracey travis trevor
tricia tristan troy tunde twm tyrese tyrone uma una ursula usman uthman vera verity victor vikram
viola violet wahid wale wanda warren wayne wendy wesley weston wiktoria wil willa willow wilson
winnie winston wojciech wren wyatt xavier yahya yara yasin yasir yemi yusra yvette yvonne zahra
zaid zainab zak zakariya zaki zana zander zara zayd zeeshan zelda zena zeynep zia zidan zion zofia
zoya zuri zuzanna
"""
"""Names that are nobody's slip: two of them are two names, however near their letters are."""


@cache
def _lines() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_ALIKE.split("/")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def _own() -> frozenset[str]:
    return frozenset(_OWN.split()) | _lines().keys()


def are_forms_of_one(one: str, other: str) -> bool:
    """Whether two forenames, as `names.squeezed` has them, are forms of one name."""
    lines = _lines()
    return not lines.get(one, frozenset()).isdisjoint(lines.get(other, frozenset()))


def is_a_name(name: str) -> bool:
    """Whether a forename, as `names.squeezed` has it, is known as a name of its own."""
    return name in _own()
